/* The two containers behind io/osm/read.h. Both leave the bytes behind their end to nobody: they read the input to its end. Inner to io/osm. */
#ifndef XD_IO_OSM_FORMATS_H
#define XD_IO_OSM_FORMATS_H

#include "base/progress.h"
#include "io/bytes/input.h"
#include "maps/osm_object.h"

enum { XD_PBF_INDEX_BLOCKS_MAX = 1 << 22 };

/* What sorts of objects each block of a PBF holds: filled by one pass, so that the next leaves packed what it does not want. */
struct xd_pbf_index {
    uint8_t *kinds; /* blocks_n; XD_PBF_NODES ... of io/osm/pbf_block.h */
    size_t blocks_n, capacity;
    bool filling;
};

/* What both readers are given. */
struct xd_osm_pass {
    struct xd_input *input;
    const struct xd_osm_sink *sink;
    const struct xd_progress *progress;
    int64_t done_before;        /* of the progress total: file bytes of the passes before */
    int64_t total;              /* file bytes of all passes, 0 = not known */
    int32_t threads_n;          /* for sinks that take several parts at once */
    struct xd_pbf_index *index; /* or NULL */
};

/* XML, not PBF, by its first bytes. */
XD_MUST_CHECK enum xd_status xd_osm_is_text(struct xd_input *input, bool *is_text, struct xd_error *error);
/* Tells the container by its first bytes and reads it. */
XD_MUST_CHECK enum xd_status xd_osm_read_pass(const struct xd_osm_pass *pass, struct xd_error *error);
XD_MUST_CHECK enum xd_status xd_osm_read_xml(const struct xd_osm_pass *pass, struct xd_error *error);
XD_MUST_CHECK enum xd_status xd_osm_read_pbf(const struct xd_osm_pass *pass, struct xd_error *error);

/* Reports progress; XD_INTERRUPTED when the user wants to stop. */
XD_MUST_CHECK enum xd_status xd_osm_pass_tick(const struct xd_osm_pass *pass, struct xd_error *error);

#endif
