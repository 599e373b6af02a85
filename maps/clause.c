/* The grammar of conditional tags. */
#include "maps/clause.h"

#include "base/macros.h"
#include "base/text.h"
#include "maps/restriction.h"
#include "maps/road_access.h"
#include "maps/road_limit.h"
#include "maps/road_value.h"

#include <string.h>
#include <strings.h>

enum { TEXT_MAX = 1024 /* 255 characters of UTF-8 */ };

/* What is made of a condition, from the strongest word to the weakest: of several with AND between the strongest counts. */
enum answer { NEVER, UNREAD, AT_TIMES, TESTED };

/* ---- comparisons ---- */

static const struct {
    const char *name;
    enum xd_test_kind kind;
} quantities[] = {
    {"weight", XD_TEST_MASS},         {"weightrating", XD_TEST_MASS}, {"maxweight", XD_TEST_MASS},         {"maxweightrating", XD_TEST_MASS},
    {"gcweight", XD_TEST_MASS}, /* of the whole train: our vehicles draw none */
    {"gcweightrating", XD_TEST_MASS}, {"maxgcweight", XD_TEST_MASS},  {"maxgcweightrating", XD_TEST_MASS}, {"axleload", XD_TEST_AXLE},
    {"maxaxleload", XD_TEST_AXLE},    {"height", XD_TEST_HEIGHT},     {"maxheight", XD_TEST_HEIGHT},       {"width", XD_TEST_WIDTH},
    {"maxwidth", XD_TEST_WIDTH},      {"length", XD_TEST_LENGTH},     {"maxlength", XD_TEST_LENGTH},
};

static const struct {
    const char *sign;
    uint8_t compare;
} signs[] = {
    {"<=", XD_TEST_LESS | XD_TEST_EQUAL},
    {">=", XD_TEST_MORE | XD_TEST_EQUAL},
    {"=<", XD_TEST_LESS | XD_TEST_EQUAL},
    {"=>", XD_TEST_MORE | XD_TEST_EQUAL},
    {"\xe2\x89\xa4", XD_TEST_LESS | XD_TEST_EQUAL}, /* U+2264 */
    {"\xe2\x89\xa5", XD_TEST_MORE | XD_TEST_EQUAL}, /* U+2265 */
    {"==", XD_TEST_EQUAL},
    {"<", XD_TEST_LESS},
    {">", XD_TEST_MORE},
    {"=", XD_TEST_EQUAL},
};

/* The first sign in the text; NULL when there is none. */
static char *find_sign(char *text, size_t *sign)
{
    for (char *at = text; *at; at++)
        for (size_t i = 0; i < XD_ARRAY_LENGTH(signs); i++)
            if (strncmp(at, signs[i].sign, strlen(signs[i].sign)) == 0) {
                *sign = i;
                return at;
            }
    return NULL;
}

/* "weight > 7.5 t" with its sign found; cuts the text. */
static enum answer read_comparison(char *text, char *at, size_t sign, struct xd_clause_test *test)
{
    char *quantity = at + strlen(signs[sign].sign);
    bool unread = false;
    *at = '\0';
    (void)xd_text_normalise(text);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(quantities); i++) {
        if (strcasecmp(text, quantities[i].name) != 0)
            continue;
        const bool is_mass = quantities[i].kind == XD_TEST_MASS || quantities[i].kind == XD_TEST_AXLE;
        *test = (struct xd_clause_test){.kind = (uint8_t)quantities[i].kind, .compare = signs[sign].compare};
        test->bound = is_mass ? xd_road_value_weight_kg(quantity, &unread) : xd_road_value_length_cm(quantity, &unread);
        return test->bound > 0 && !unread ? TESTED : UNREAD;
    }
    return UNREAD;
}

/* ---- words ---- */

/* Who or what none of our vehicles is or does. */
static const char *const strangers[] = {"emergency",  "disabled",    "agricultural", "forestry",   "military",   "hov",          "taxi",
                                        "bicycle",    "moped",       "mofa",         "motorcycle", "hazmat",     "hazmat:water", "trailer",
                                        "caravan",    "articulated", "doctor",       "staff",      "horse",      "police",       "school_bus",
                                        "motor_home", "motorhome",   "atv",          "coach",      "snowmobile", "tram",         "carriage"};

static bool is_one_of(const char *word, const char *const *list, size_t list_n)
{
    for (size_t i = 0; i < list_n; i++)
        if (strcasecmp(word, list[i]) == 0)
            return true;
    return false;
}

/* Hours, days, months, seasons, weather, lights: begins with a number or one of these. */
static bool is_of_time(const char *text)
{
    static const char *const days[] = {"mo",  "tu",  "we",  "th",  "fr",  "sa",  "su",  "ph",  "sh",  "mon", "tue", "wed", "thu", "fri", "sat",
                                       "sun", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "day", "bad"};
    static const char *const words[] = {"sunrise", "sunset", "dawn", "dusk",     "easter",  "week",    "winter",   "summer",   "spring",
                                        "autumn",  "wet",    "dry",  "snow",     "rain",    "ice",     "icy",      "fog",      "wind",
                                        "night",   "flood",  "tide", "low_tide", "weekend", "season",  "seasonal", "flashing", "when",
                                        "lights",  "daily",  "off",  "open",     "closed",  "children"};
    size_t n = 0;
    char word[16];
    if (*text >= '0' && *text <= '9')
        return true;
    while (((text[n] >= 'a' && text[n] <= 'z') || (text[n] >= 'A' && text[n] <= 'Z') || text[n] == '_') && n + 1 < sizeof word) {
        word[n] = text[n];
        n++;
    }
    word[n] = '\0';
    return is_one_of(word, days, XD_ARRAY_LENGTH(days)) || is_one_of(word, words, XD_ARRAY_LENGTH(words));
}

static enum answer read_word(const char *text, struct xd_clause_test *test)
{
    if (xd_road_access_is_end(text)) {
        *test = (struct xd_clause_test){.kind = XD_TEST_END};
        return TESTED;
    }
    for (int key = XD_KEY_VEHICLE; key < XD_ACCESS_KEYS_N; key++)
        if (strcasecmp(text, xd_access_key_names[key]) == 0) {
            *test = (struct xd_clause_test){.kind = XD_TEST_KEY, .bound = key};
            return TESTED;
        }
    if (is_one_of(text, strangers, XD_ARRAY_LENGTH(strangers)))
        return NEVER;
    return is_of_time(text) ? AT_TIMES : UNREAD;
}

/* ---- conditions ---- */

/* Whether a bracket closes in the text before it opens, or stays open. */
static bool is_unbalanced(const char *text)
{
    int depth = 0;
    for (; *text && depth >= 0; text++)
        depth += *text == '(' ? 1 : *text == ')' ? -1 : 0;
    return depth != 0;
}

/* Without blanks around, and without brackets around all of it. */
static char *bare(char *text)
{
    for (;;) {
        const size_t n = xd_text_normalise(text);
        if (n < 2 || text[0] != '(' || text[n - 1] != ')')
            return text;
        text[n - 1] = '\0';
        if (is_unbalanced(text + 1)) { /* "(a) AND (b)" */
            text[n - 1] = ')';
            return text;
        }
        text++;
    }
}

/* Cuts the text before the next AND outside of brackets; returns what is behind, or NULL. */
static char *cut_at_and(char *text)
{
    int depth = 0;
    for (char *at = text; *at; at++) {
        depth += *at == '(' ? 1 : *at == ')' ? -1 : 0;
        if (depth != 0 || strncasecmp(at, "and", 3) != 0 || (at > text && at[-1] != ' ' && at[-1] != ')') || (at[3] != ' ' && at[3] != '('))
            continue;
        *at = '\0';
        return at + 3;
    }
    return NULL;
}

static enum answer read_condition(char *text, struct xd_clause *clause)
{
    enum answer strongest = TESTED;
    if (is_unbalanced(text))
        return UNREAD;
    text = bare(text);
    for (char *next; text; text = next) {
        struct xd_clause_test test = {0};
        size_t sign = 0;
        next = cut_at_and(text);
        text = bare(text);
        char *at = find_sign(text, &sign);
        enum answer answer = *text == '\0' ? UNREAD : at ? read_comparison(text, at, sign, &test) : read_word(text, &test);
        if (answer == TESTED && clause->tests_n == XD_CLAUSE_TESTS_MAX)
            answer = UNREAD;
        if (answer == TESTED)
            clause->tests[clause->tests_n++] = test;
        strongest = answer < strongest ? answer : strongest;
    }
    return strongest;
}

/* ---- clauses ---- */

bool xd_clauses_add(struct xd_clauses *clauses, struct xd_clause clause)
{
    if (clauses->n == XD_CLAUSES_MAX)
        return false;
    clauses->items[clauses->n++] = clause;
    return true;
}

void xd_clauses_end(struct xd_clauses *clauses)
{
    if (clauses->n > 0)
        clauses->items[clauses->n - 1].is_last = 1;
}

/* Cuts the text behind its first clause; returns what is behind, or NULL. Semicolons in brackets and quotes belong to the condition. */
static char *cut_clause(char *text)
{
    int depth = 0;
    bool quoted = false;
    for (; *text; text++) {
        quoted = quoted != (*text == '"');
        depth += quoted ? 0 : *text == '(' ? 1 : *text == ')' && depth > 0 ? -1 : 0;
        if (*text == ';' && depth == 0 && !quoted) {
            *text = '\0';
            return text + 1;
        }
    }
    return NULL;
}

/* "VALUE @ CONDITION" */
static void read_clause(char *text, struct xd_clause like, xd_clause_value value, struct xd_clauses *clauses, struct xd_clause_doubts *doubts)
{
    char *at = strchr(text, '@');
    if (!at) {
        doubts->unread = true;
        return;
    }
    *at = '\0';
    (void)xd_text_normalise(text);
    const enum answer answer = read_condition(at + 1, &like);
    if (answer == TESTED && value(text, &like.value))
        doubts->unread = !xd_clauses_add(clauses, like) || doubts->unread;
    else if (answer == AT_TIMES)
        doubts->at_times = true;
    else if (answer != NEVER)
        doubts->unread = true;
}

void xd_clauses_read(const char *text, struct xd_clause like, xd_clause_value value, struct xd_clauses *clauses, struct xd_clause_doubts *doubts)
{
    char copy[TEXT_MAX];
    const size_t n = strlen(text);
    bool some = false;
    if (n >= sizeof copy) {
        doubts->unread = true;
        return;
    }
    memcpy(copy, text, n + 1);
    (void)xd_text_normalise(copy);
    for (char *at = copy, *next; at; at = next) {
        next = cut_clause(at);
        if (xd_text_normalise(at) == 0)
            continue;
        read_clause(at, like, value, clauses, doubts);
        some = true;
    }
    doubts->unread = doubts->unread || !some;
}

/* ---- lists ---- */

int32_t xd_clause_list_n(const struct xd_clause *list)
{
    int32_t n = 1;
    while (!list[n - 1].is_last)
        n++;
    return n;
}

int xd_clause_list_compare(const struct xd_clause *a, const struct xd_clause *b)
{
    for (;; a++, b++) {
        const int compared = memcmp(a, b, sizeof *a);
        if (compared != 0 || a->is_last)
            return compared;
    }
}

static bool is_sound(const struct xd_clause *clause)
{
    const int parts_n = clause->kind == XD_CLAUSE_LIMIT ? XD_LIMIT_GROUPS_N : XD_CLAUSE_BOTH + 1;
    static const struct {
        int which_n, values_max;
    } kinds[XD_CLAUSE_KINDS_N] = {[XD_CLAUSE_ACCESS] = {XD_ACCESS_KEYS_N, XD_ACCESS_NO},
                                  [XD_CLAUSE_ONEWAY] = {XD_ACCESS_KEYS_N, XD_ONEWAY_ALTERNATING},
                                  [XD_CLAUSE_SPEED] = {XD_SPEED_GROUPS_N + 1, UINT8_MAX},
                                  [XD_CLAUSE_LIMIT] = {XD_LIMIT_KEYS_N, UINT16_MAX},
                                  [XD_CLAUSE_TURN] = {XD_ACCESS_KEYS_N, XD_TURN_RULES_N}};
    if (clause->kind >= XD_CLAUSE_KINDS_N || clause->is_last > 1 || clause->tests_n > XD_CLAUSE_TESTS_MAX || clause->part >= parts_n ||
        clause->which >= kinds[clause->kind].which_n || clause->value > kinds[clause->kind].values_max)
        return false;
    for (int i = 0; i < clause->tests_n; i++) {
        const struct xd_clause_test *test = &clause->tests[i];
        if (test->kind >= XD_TEST_KINDS_N || (test->kind == XD_TEST_KEY && (test->bound < 0 || test->bound >= XD_ACCESS_KEYS_N)))
            return false;
    }
    return true;
}

bool xd_clauses_are_sound(const struct xd_clause *clauses, int64_t clauses_n)
{
    for (int64_t i = 0; i < clauses_n; i++)
        if (!is_sound(&clauses[i]))
            return false;
    return clauses_n == 0 || clauses[clauses_n - 1].is_last;
}
