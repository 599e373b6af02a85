/* Roads of a synthetic county, drawn cell by cell over the relief, then turned into OSM nodes and ways. */
#ifndef XD_MAPS_SYNTH_ROADS_H
#define XD_MAPS_SYNTH_ROADS_H

#include "maps/synth_relief.h"

enum { XD_SYNTH_TAGS_MAX = 8 };

struct xd_synth_tags {
    struct xd_osm_tag items[XD_SYNTH_TAGS_MAX];
    int32_t items_n;
};
void xd_synth_tag(struct xd_synth_tags *tags, const char *key, const char *value); /* literals or arena strings */

/* Growing lists of nodes and ways; frozen into the county at the end. */
struct xd_synth_draft;
/* The draft lives in `scratch` (and heap lists: xd_synth_draft_free); tags go to `kept`, which the county owns. */
XD_MUST_CHECK enum xd_status xd_synth_draft_create(struct xd_arena *scratch, struct xd_arena *kept, const struct xd_synth_relief *ground,
                                                   uint64_t seed, struct xd_synth_draft **draft, struct xd_error *error);
void xd_synth_draft_free(struct xd_synth_draft *draft);

/* The node of a cell's road (made when new): every road through the cell shares it. */
XD_MUST_CHECK enum xd_status xd_synth_draft_cell_node(struct xd_synth_draft *draft, int32_t cell, int32_t *node, struct xd_error *error);
/* A free-standing node at a place given in cells. tags may be NULL. */
XD_MUST_CHECK enum xd_status xd_synth_draft_node(struct xd_synth_draft *draft, double column, double row, const struct xd_synth_tags *tags,
                                                 int32_t *node, struct xd_error *error);
XD_MUST_CHECK enum xd_status xd_synth_draft_node_tags(struct xd_synth_draft *draft, int32_t node, const struct xd_synth_tags *tags,
                                                      struct xd_error *error);
/* A way through nodes. */
XD_MUST_CHECK enum xd_status xd_synth_draft_way(struct xd_synth_draft *draft, const int32_t *nodes, int32_t nodes_n, const struct xd_synth_tags *tags,
                                                struct xd_error *error);
/* A road along a path of cells, with a bend drawn between neighbours. */
XD_MUST_CHECK enum xd_status xd_synth_draft_road(struct xd_synth_draft *draft, const int32_t *path, int32_t path_n, const struct xd_synth_tags *tags,
                                                 struct xd_error *error);

/* Where a node lies, in cells. */
void xd_synth_draft_place(const struct xd_synth_draft *draft, int32_t node, double *column, double *row);
int64_t xd_synth_draft_node_id(int32_t node);
/* Copies nodes and ways into the county's arena. */
XD_MUST_CHECK enum xd_status xd_synth_draft_freeze(const struct xd_synth_draft *draft, struct xd_synth_county *county, struct xd_error *error);

#endif
