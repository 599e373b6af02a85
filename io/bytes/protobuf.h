/* The protobuf wire format, read in place: fields one after the other, and packed numbers. Nothing is allocated, nothing is read beyond the bytes.
 *
 * Source: protobuf.dev "Encoding". Groups (wire types 3 and 4) are refused. */
#ifndef XD_IO_BYTES_PROTOBUF_H
#define XD_IO_BYTES_PROTOBUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes still to be read. */
struct xd_protobuf {
    const unsigned char *at;
    const unsigned char *end;
};

enum xd_protobuf_type { XD_PROTOBUF_VARINT = 0, XD_PROTOBUF_FIXED64 = 1, XD_PROTOBUF_BYTES = 2, XD_PROTOBUF_FIXED32 = 5 };

struct xd_protobuf_field {
    uint32_t number; /* 1..2^29-1 */
    enum xd_protobuf_type type;
    uint64_t value;           /* VARINT; 0 for the others */
    struct xd_protobuf bytes; /* BYTES; empty for the others */
};

enum xd_protobuf_result { XD_PROTOBUF_OK, XD_PROTOBUF_END, XD_PROTOBUF_CUT, XD_PROTOBUF_VARINT_LONG, XD_PROTOBUF_BAD_FIELD };

struct xd_protobuf xd_protobuf_over(const void *bytes, size_t n);
size_t xd_protobuf_left(struct xd_protobuf reader);
/* END when no byte is left; on any other result than OK the reader stands still. */
enum xd_protobuf_result xd_protobuf_next(struct xd_protobuf *reader, struct xd_protobuf_field *field);
enum xd_protobuf_result xd_protobuf_varint(struct xd_protobuf *reader, uint64_t *value);
int64_t xd_protobuf_zigzag(uint64_t value);                      /* sint32, sint64 */
const char *xd_protobuf_problem(enum xd_protobuf_result result); /* English, for messages */

#endif
