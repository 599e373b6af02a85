#include "io/bytes/protobuf.h"

enum { FIELD_NUMBER_BITS = 29 };

struct xd_protobuf xd_protobuf_over(const void *bytes, size_t n)
{
    const unsigned char *at = bytes;
    return (struct xd_protobuf){.at = at, .end = n == 0 ? at : at + n};
}

size_t xd_protobuf_left(struct xd_protobuf reader)
{
    return (size_t)(reader.end - reader.at);
}

enum xd_protobuf_result xd_protobuf_varint(struct xd_protobuf *reader, uint64_t *value)
{
    const unsigned char *at = reader->at;
    if (at == reader->end)
        return XD_PROTOBUF_END;
    uint64_t sum = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (at == reader->end)
            return XD_PROTOBUF_CUT;
        unsigned char byte = *at++;
        if (shift == 63 && byte > 1)
            return XD_PROTOBUF_VARINT_LONG;
        sum |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *value = sum;
            reader->at = at;
            return XD_PROTOBUF_OK;
        }
    }
    return XD_PROTOBUF_VARINT_LONG;
}

/* A value is missing where one must stand: the end is a cut there. */
static enum xd_protobuf_result inner(enum xd_protobuf_result result)
{
    return result == XD_PROTOBUF_END ? XD_PROTOBUF_CUT : result;
}

enum xd_protobuf_result xd_protobuf_next(struct xd_protobuf *reader, struct xd_protobuf_field *field)
{
    struct xd_protobuf rest = *reader;
    uint64_t tag;
    enum xd_protobuf_result result = xd_protobuf_number(&rest, &tag);
    if (result != XD_PROTOBUF_OK)
        return result;
    if (tag >> 3 == 0 || tag >> 3 >= (uint64_t)1 << FIELD_NUMBER_BITS)
        return XD_PROTOBUF_BAD_FIELD;
    struct xd_protobuf_field found = {.number = (uint32_t)(tag >> 3), .value = 0, .bytes = {rest.at, rest.at}};
    uint64_t n = 0;
    switch (tag & 7) {
    case XD_PROTOBUF_VARINT:
        found.type = XD_PROTOBUF_VARINT;
        result = inner(xd_protobuf_number(&rest, &found.value));
        break;
    case XD_PROTOBUF_FIXED64:
        found.type = XD_PROTOBUF_FIXED64;
        n = 8;
        break;
    case XD_PROTOBUF_BYTES:
        found.type = XD_PROTOBUF_BYTES;
        result = inner(xd_protobuf_number(&rest, &n));
        break;
    case XD_PROTOBUF_FIXED32:
        found.type = XD_PROTOBUF_FIXED32;
        n = 4;
        break;
    default:
        return XD_PROTOBUF_BAD_FIELD;
    }
    if (result != XD_PROTOBUF_OK)
        return result;
    if (n > xd_protobuf_left(rest))
        return XD_PROTOBUF_CUT;
    if (found.type == XD_PROTOBUF_BYTES)
        found.bytes = (struct xd_protobuf){.at = rest.at, .end = rest.at + n};
    rest.at += n;
    *field = found;
    *reader = rest;
    return XD_PROTOBUF_OK;
}

const char *xd_protobuf_problem(enum xd_protobuf_result result)
{
    switch (result) {
    case XD_PROTOBUF_OK:
        return "is good";
    case XD_PROTOBUF_END:
        return "too few values";
    case XD_PROTOBUF_CUT:
        return "a field runs past the end of its message";
    case XD_PROTOBUF_VARINT_LONG:
        return "a number of more than 64 bits";
    case XD_PROTOBUF_BAD_FIELD:
        return "a field of unknown wire type or number";
    }
    return "unknown problem";
}
