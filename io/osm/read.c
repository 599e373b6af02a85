#include "io/osm/read.h"

#include "io/osm/formats.h"
#include "io/osm/object.h"

#include <string.h>

enum { LOOK_BYTES = 512 };

enum xd_status xd_osm_pass_tick(const struct xd_osm_pass *pass, struct xd_error *error)
{
    xd_report(pass->progress, "read map", pass->done_before + xd_input_file_offset(pass->input), pass->total, -1);
    if (xd_cancelled(pass->progress))
        return xd_fail(error, XD_INTERRUPTED, xd_at_file(xd_input_name(pass->input)), "reading the map was interrupted");
    return XD_OK;
}

/* What people give in place of a map, told by its first bytes. */
struct stranger {
    const char *magic;
    size_t magic_n;
    const char *message;
};

#define STRANGER(bytes, text)                                                                                                                        \
    {                                                                                                                                                \
        bytes, sizeof(bytes) - 1, text                                                                                                               \
    }
static const struct stranger strangers[] = {
    STRANGER("PK\x03\x04", "is a ZIP archive; expected a map: unpack it first and give the .osm or .osm.pbf inside"),
    STRANGER("\xfd"
             "7zXZ",
             "is packed with xz; expected .osm, .osm.gz, .osm.bz2 or .osm.pbf: unpack it first (unxz)"),
    STRANGER("7z\xbc\xaf", "is a 7z archive; expected a map: unpack it first and give the .osm or .osm.pbf inside"),
    STRANGER("\x28\xb5\x2f\xfd", "is packed with zstd; expected .osm, .osm.gz, .osm.bz2 or .osm.pbf: unpack it first (unzstd)"),
    STRANGER("\xff\xe0\x04o5", "is an o5m map; expected .osm, .osm.gz, .osm.bz2 or .osm.pbf: convert it first (osmium cat MAP.o5m -o map.osm.pbf)"),
    STRANGER("SQLite format 3", "is a database (GeoPackage or SQLite); expected an OSM map: download .osm.pbf instead"),
    STRANGER("version https://git-lfs", "is a Git LFS pointer, not the map itself; fetch the file first (git lfs pull)"),
    STRANGER("{", "is JSON; expected an OSM map: ask the server for XML ([out:xml]), or download .osm.pbf instead"),
    STRANGER("\x00\x00\x27\x0a", "is a shapefile; expected an OSM map: download .osm.pbf instead"),
};

static bool begins_with(const unsigned char *bytes, size_t n, const char *text, size_t text_n)
{
    return n >= text_n && memcmp(bytes, text, text_n) == 0;
}

static bool begins_with_letters(const unsigned char *bytes, size_t n, const char *lower)
{
    size_t lower_n = strlen(lower);
    if (n < lower_n)
        return false;
    for (size_t i = 0; i < lower_n; i++) {
        unsigned char c = bytes[i] >= 'A' && bytes[i] <= 'Z' ? (unsigned char)(bytes[i] - 'A' + 'a') : bytes[i];
        if (c != (unsigned char)lower[i])
            return false;
    }
    return true;
}

static size_t blanks_n(const unsigned char *bytes, size_t n)
{
    size_t i = begins_with(bytes, n, "\xef\xbb\xbf", 3) ? 3 : 0;
    while (i < n && (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r' || bytes[i] == '\n'))
        i++;
    return i;
}

static bool is_utf16(const unsigned char *bytes, size_t n)
{
    return begins_with(bytes, n, "\xff\xfe", 2) || begins_with(bytes, n, "\xfe\xff", 2) || begins_with(bytes, n, "\x00<", 2);
}

enum container { XML, PBF };

static enum xd_status tell_container(struct xd_input *input, enum container *container, struct xd_error *error)
{
    const unsigned char *bytes;
    size_t n;
    enum xd_status status = xd_input_peek(input, LOOK_BYTES, &bytes, &n, error);
    if (status != XD_OK)
        return status;
    struct xd_location at = xd_at_file(xd_input_name(input));
    if (n == 0)
        return xd_fail(error, XD_DATA, at, "the map is empty (0 bytes); expected .osm, .osm.gz, .osm.bz2 or .osm.pbf: download it again");
    for (size_t i = 0; i < XD_ARRAY_LENGTH(strangers); i++)
        if (begins_with(bytes, n, strangers[i].magic, strangers[i].magic_n))
            return xd_fail(error, XD_DATA, at, "%s", xd_message(strangers[i].message));
    size_t blank = blanks_n(bytes, n);
    if (begins_with_letters(bytes + blank, n - blank, "<html") || begins_with_letters(bytes + blank, n - blank, "<!doctype html"))
        return xd_fail(error, XD_DATA, at, "is a web page, not a map: the download gave an error page; open it in a browser to see why");
    if (is_utf16(bytes, n) || (blank < n && bytes[blank] == '<')) {
        *container = XML;
        return XD_OK;
    }
    /* A PBF begins with the length of its first header, under 64 KiB in 4 bytes. Damage there is for the PBF reader to tell. */
    if (bytes[0] == 0) {
        *container = PBF;
        return XD_OK;
    }
    return xd_fail(error, XD_DATA, at,
                   "is not an OSM map: it begins with the bytes %02x %02x %02x %02x; expected .osm, .osm.gz, .osm.bz2 or .osm.pbf", bytes[0],
                   n > 1 ? bytes[1] : 0, n > 2 ? bytes[2] : 0, n > 3 ? bytes[3] : 0);
}

enum xd_status xd_osm_is_text(struct xd_input *input, bool *is_text, struct xd_error *error)
{
    enum container container = PBF;
    enum xd_status status = tell_container(input, &container, error);
    *is_text = container == XML;
    return status;
}

enum xd_status xd_osm_read_pass(const struct xd_osm_pass *pass, struct xd_error *error)
{
    enum container container = XML;
    enum xd_status status = tell_container(pass->input, &container, error);
    if (status != XD_OK)
        return status;
    return container == XML ? xd_osm_read_xml(pass, error) : xd_osm_read_pbf(pass, error);
}

enum xd_status xd_osm_read_input(struct xd_input *input, const struct xd_osm_sink *sink, const struct xd_progress *progress, struct xd_error *error)
{
    struct xd_osm_pass pass = {
        .input = input, .sink = sink, .progress = progress, .done_before = 0, .total = xd_input_size(input) > 0 ? xd_input_size(input) : 0};
    return xd_osm_read_pass(&pass, error);
}

enum xd_status xd_osm_read_file(const char *path, const struct xd_osm_sink *sink, const struct xd_progress *progress, struct xd_error *error)
{
    struct xd_input *input = NULL;
    enum xd_status status = xd_input_open(path, &input, error);
    if (status == XD_OK)
        status = xd_osm_read_input(input, sink, progress, error);
    xd_input_close(input);
    return status;
}
