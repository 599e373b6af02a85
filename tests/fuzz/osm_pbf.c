/* The bytes are the content of one raw data block behind a good header, so that the fuzzer need not guess lengths and zlib; when the first byte is odd,
 * they are the whole file. */
#include "tests/fuzz/osm_fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { CONTENT_MAX = 1 << 16, ROOM = 64 };

static size_t varint(unsigned char *dst, size_t value)
{
    size_t n = 0;
    for (; value >= 0x80; value >>= 7)
        dst[n++] = (unsigned char)(0x80 | (value & 0x7f));
    dst[n++] = (unsigned char)value;
    return n;
}

/* "OSMHeader" with an empty raw blob, then "OSMData" with the content. */
static size_t wrap(const uint8_t *content, size_t content_n, unsigned char *file)
{
    static const unsigned char start[] = "\0\0\0\x0d\x0a\x09OSMHeader\x18\x02\x0a\0";
    unsigned char length[8];
    size_t length_n = varint(length, content_n);
    unsigned char size[8];
    size_t size_n = varint(size, 1 + length_n + content_n);
    size_t n = sizeof start - 1;
    memcpy(file, start, n);
    const unsigned char header[] = {0, 0, 0, (unsigned char)(10 + size_n), 0x0a, 7, 'O', 'S', 'M', 'D', 'a', 't', 'a', 0x18};
    memcpy(file + n, header, sizeof header);
    n += sizeof header;
    memcpy(file + n, size, size_n);
    n += size_n;
    file[n++] = 0x0a;
    memcpy(file + n, length, length_n);
    n += length_n;
    memcpy(file + n, content, content_n);
    return n + content_n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0 || size > CONTENT_MAX)
        return 0;
    if (data[0] % 2 == 1) {
        fuzz_osm_read(data + 1, size - 1);
        return 0;
    }
    unsigned char *file = malloc(size + ROOM);
    if (!file)
        return 0;
    size_t n = wrap(data + 1, size - 1, file);
    unsigned char *exact = realloc(file, n); /* so that the address sanitizer sees the end */
    fuzz_osm_read(exact ? exact : file, n);
    free(exact ? exact : file);
    return 0;
}
