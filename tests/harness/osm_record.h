/* Reads maps from memory for tests, and writes down in text what comes out, one object a line. */
#ifndef XD_TESTS_OSM_RECORD_H
#define XD_TESTS_OSM_RECORD_H

#include "io/osm/read.h"
#include "tests/harness/pbf_encode.h"

/* Takes all objects into context, a struct xd_buffer. */
struct xd_osm_sink osm_record_sink(struct xd_buffer *lines);
/* Appends what bytes[n] hold. */
enum xd_status osm_record_memory(const void *bytes, size_t n, struct xd_buffer *lines, struct xd_error *error);

void gzip_bytes(const void *bytes, size_t n, struct xd_buffer *out);  /* one member */
void bzip2_bytes(const void *bytes, size_t n, struct xd_buffer *out); /* one stream */

/* One small map in all its forms: every kind of object, tags that need escapes, negative and 64-bit ids, borders of the world. */
extern const char osm_sample_xml[];
extern const char osm_sample_lines[]; /* what osm_record gives for it */
extern const struct pbf_map osm_sample_map;

#endif
