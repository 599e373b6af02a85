/* Conditional tags: "no @ (weight>7.5); yes @ delivery" as clauses, each a value and the tests that it takes.
 *
 * Kept are clauses that a vehicle can be asked about: its mass, axle load and sizes, the keys that it obeys, and whether it has business there. A table of
 * times knows no hour and no weather: clauses that ask for these are counted, and what is told without them holds.
 *
 * Shape: what one road, barrier or restriction has is a list, one clause after the other up to the first with is_last. Of the lists of a network each is
 *        there once, and an object names its list by place (1 = the first clause of the network; 0 = it has none).
 * Units: kg and cm in tests; values as the fields that they replace have them.
 * Source: wiki.openstreetmap.org, "Conditional restrictions". */
#ifndef XD_MAPS_CLAUSE_H
#define XD_MAPS_CLAUSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    XD_CLAUSES_MAX = 32,           /* of one object */
    XD_CLAUSE_TESTS_MAX = 4,       /* with AND between */
    XD_NETWORK_CLAUSES_MAX = 65535 /* places are 16 bits */
};

enum xd_clause_kind {
    XD_CLAUSE_ACCESS, /* which: enum xd_access_key; value: enum xd_access */
    XD_CLAUSE_ONEWAY, /* which: enum xd_access_key; value: enum xd_oneway */
    XD_CLAUSE_SPEED,  /* which: enum xd_speed_group, or XD_SPEED_GROUPS_N what the road can bear; value: km/h */
    XD_CLAUSE_LIMIT,  /* which: enum xd_limit_key; part: enum xd_limit_group; value: 100 kg or cm, 0 = none */
    XD_CLAUSE_TURN,   /* which: enum xd_access_key, whom; value: enum xd_turn_rule, or XD_TURN_RULES_N = free */
    XD_CLAUSE_KINDS_N
};
enum { XD_CLAUSE_FORWARD = 1, XD_CLAUSE_BACKWARD = 2, XD_CLAUSE_BOTH = 3 }; /* part, of access and speeds */

enum xd_test_kind {
    XD_TEST_END, /* it begins or ends its trip here */
    XD_TEST_KEY, /* it obeys the key `bound` */
    XD_TEST_MASS,
    XD_TEST_AXLE,
    XD_TEST_HEIGHT,
    XD_TEST_WIDTH,
    XD_TEST_LENGTH,
    XD_TEST_KINDS_N
};
enum { XD_TEST_LESS = 1, XD_TEST_EQUAL = 2, XD_TEST_MORE = 4 }; /* bits of `compare` */

struct xd_clause_test {
    uint8_t kind, compare, spare[2];
    int32_t bound;
};
/* No padding: compared and kept byte by byte. */
struct xd_clause {
    uint8_t kind, which, part, tests_n;
    uint16_t value;
    uint8_t is_last, spare;
    struct xd_clause_test tests[XD_CLAUSE_TESTS_MAX]; /* all must hold; with none it always does */
};
_Static_assert(sizeof(struct xd_clause) == 8 + 8 * XD_CLAUSE_TESTS_MAX, "no padding");

/* The clauses of one object, while its tags are decoded. Begin with n = 0. */
struct xd_clauses {
    struct xd_clause items[XD_CLAUSES_MAX];
    int32_t n;
};

/* What of a tag did not become a clause, besides what holds for no vehicle of ours. */
struct xd_clause_doubts {
    bool at_times; /* asks for hours, seasons, weather */
    bool unread;   /* breaks the grammar, or asks for what no vehicle tells; or there are too many */
};
/* Reads one value of a clause: false when it is not understood. */
typedef bool (*xd_clause_value)(const char *text, uint16_t *value);
/* Appends what the value of a :conditional tag says, each like `like` with value and tests set, in the order of the text: the last that holds counts. */
void xd_clauses_read(const char *text, struct xd_clause like, xd_clause_value value, struct xd_clauses *clauses, struct xd_clause_doubts *doubts);
/* False when there is no room. */
bool xd_clauses_add(struct xd_clauses *clauses, struct xd_clause clause);
/* Sets is_last. */
void xd_clauses_end(struct xd_clauses *clauses);

/* Of a list up to its end. */
int32_t xd_clause_list_n(const struct xd_clause *list);
int xd_clause_list_compare(const struct xd_clause *a, const struct xd_clause *b);
bool xd_clauses_are_sound(const struct xd_clause *clauses, int64_t clauses_n); /* from outside: everything that indexes something is in range */

/* The list at a place of a network's clauses; NULL for 0. */
static inline const struct xd_clause *xd_clauses_at(const struct xd_clause *clauses, uint16_t place)
{
    return place > 0 ? clauses + (place - 1) : NULL;
}

#endif
