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

/* The same; in place for the numbers of up to four bytes that nearly all are. */
static inline enum xd_protobuf_result xd_protobuf_number(struct xd_protobuf *reader, uint64_t *value)
{
    const unsigned char *at = reader->at;
    if (reader->end - at >= 4) {
        uint32_t sum = at[0] & 0x7fu;
        unsigned n = 1;
        while (n < 4 && at[n - 1] >= 0x80) {
            sum |= (at[n] & 0x7fu) << (7 * n);
            n++;
        }
        if (at[n - 1] < 0x80) {
            *value = sum;
            reader->at = at + n;
            return XD_PROTOBUF_OK;
        }
    }
    return xd_protobuf_varint(reader, value);
}

/* sint32, sint64 */
static inline int64_t xd_protobuf_zigzag(uint64_t value)
{
    const uint64_t bits = (value >> 1) ^ (0 - (value & 1));
    return bits <= INT64_MAX ? (int64_t)bits : -(int64_t)(UINT64_MAX - bits) - 1;
}

const char *xd_protobuf_problem(enum xd_protobuf_result result); /* English, for messages */

#endif
