/* Ids that a file has more than once, and which of their versions holds: the highest, of equal ones the first; one that says that the object is deleted
 * deletes it.
 *
 * Most files have none, and tell so by ids that ascend. A file whose ids do not is read twice for this: the first round finds ids that may repeat, the second
 * their versions.
 * Owns: its lists; zero-initialise, free with xd_osm_repeats_free. Threads: one while it is made; then immutable.
 * Memory: a few bits an object, and XD_OSM_REPEATS_MAX ids. */
#ifndef XD_MAPS_OSM_REPEATS_H
#define XD_MAPS_OSM_REPEATS_H

#include "maps/osm_object.h"

enum { XD_OSM_REPEATS_MAX = 1 << 22 };

struct xd_osm_repeat {
    int64_t id;
    int32_t version, lowest;
    bool is_seen, is_repeated;
    bool is_deleted; /* by the first that has the version */
};

struct xd_osm_repeats {
    struct xd_osm_repeat *items[XD_OSM_KINDS_N]; /* by id */
    size_t items_n[XD_OSM_KINDS_N], items_max[XD_OSM_KINDS_N];
    uint64_t *bits; /* ids that came already, by a hash */
    unsigned bits_shift;
};

/* A sink for one round: 1, then 2. objects_n: about as many as the file has. Errors: XD_NO_MEMORY; the sink's: XD_DATA over the limit, XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_osm_repeats_sink(struct xd_osm_repeats *repeats, int round, int64_t objects_n, struct xd_osm_sink *sink,
                                                 struct xd_error *error);
/* After the second round: leaves those whose versions differ. True when there are any. */
bool xd_osm_repeats_end(struct xd_osm_repeats *repeats);
/* Whether another version of the object holds. repeats may be NULL. Cost: O(log repeats). */
bool xd_osm_is_outdated(const struct xd_osm_repeats *repeats, enum xd_osm_kind kind, int64_t id, int32_t version);
void xd_osm_repeats_free(struct xd_osm_repeats *repeats);

#endif
