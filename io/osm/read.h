/* Reads an OSM file of any container into a sink or a network. */
#ifndef XD_IO_OSM_READ_H
#define XD_IO_OSM_READ_H

#include "base/progress.h"
#include "io/bytes/input.h"
#include "maps/network.h"

/* One pass over .osm, .osm.gz, .osm.bz2 or .osm.pbf; the container is told by content, not by name.
 * Errors (all located: line:column for XML, byte offset for PBF and for damaged compression): XD_NO_INPUT, XD_DATA, XD_IO, XD_NO_MEMORY, XD_INTERRUPTED. */
XD_MUST_CHECK enum xd_status xd_osm_read_file(const char *path, const struct xd_osm_sink *sink, const struct xd_progress *progress,
                                              struct xd_error *error);

/* The same over an open input (tests and fuzzers read from memory). */
XD_MUST_CHECK enum xd_status xd_osm_read_input(struct xd_input *input, const struct xd_osm_sink *sink, const struct xd_progress *progress,
                                               struct xd_error *error);

enum { XD_OSM_SPOOL_BYTES_MAX = 128 * 1024 * 1024 };

struct xd_osm_network_options {
    int32_t threads_n;      /* the network is the same for any number */
    size_t spool_bytes_max; /* memory for the nodes of a map of text while it is read; when they take more it is read twice */
};

/* A network of all processors there are, and of XD_OSM_SPOOL_BYTES_MAX. */
XD_MUST_CHECK enum xd_status xd_osm_read_network(const char *path, const struct xd_progress *progress, struct xd_network **network,
                                                 struct xd_error *error);
XD_MUST_CHECK enum xd_status xd_osm_read_network_as(const char *path, const struct xd_osm_network_options *options,
                                                    const struct xd_progress *progress, struct xd_network **network, struct xd_error *error);

#endif
