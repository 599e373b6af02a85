/* What a network's second pass wants of a map, kept while the first reads it: nodes, and the ids of ways. A map of text is so read once.
 *
 * Shape: about eight bytes a node (differences to the one before), and its tags as they are. Owns: copies. Memory: at most bytes_max; what passes it is let
 * go, and the file has to be read again. Threads: one thread. Inner to io/osm. */
#ifndef XD_IO_OSM_SPOOL_H
#define XD_IO_OSM_SPOOL_H

#include "io/osm/formats.h"

struct xd_osm_spool;

XD_MUST_CHECK enum xd_status xd_osm_spool_create(size_t bytes_max, struct xd_osm_spool **spool, struct xd_error *error);
void xd_osm_spool_free(struct xd_osm_spool *spool);

/* A sink that keeps nodes and ids of ways, and gives ways and relations on to `first` (which wants no nodes). *first must outlive the reading. */
struct xd_osm_sink xd_osm_spool_sink(struct xd_osm_spool *spool, const struct xd_osm_sink *first);
bool xd_osm_spool_is_whole(const struct xd_osm_spool *spool); /* all of it was kept */
/* Gives what was kept, in the order of the file, to a sink that looks at no more than the ids of ways. `name` is that of the file, for errors. */
XD_MUST_CHECK enum xd_status xd_osm_spool_replay(const struct xd_osm_spool *spool, const char *name, const struct xd_osm_sink *sink,
                                                 const struct xd_progress *progress, struct xd_error *error);

#endif
