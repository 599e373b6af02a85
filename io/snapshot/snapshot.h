/* Snapshots: network and standard road map of a map (maps/standard_roads.h) as arrays that are used in place, in the file MAP.xdroads beside the map.
 *
 * Form: docs/formats/snapshot.md. Header, table of sections, sections; in this machine's byte order and layout; everything under checksums.
 * What is not for this map, program or machine is stale, and built anew; so is what is damaged. A file with right checksums is still not believed: whatever
 * indexes something is checked before it is used.
 */
#ifndef XD_IO_SNAPSHOT_SNAPSHOT_H
#define XD_IO_SNAPSHOT_SNAPSHOT_H

#include "base/hash.h"
#include "maps/standard_roads.h"

enum { XD_SNAPSHOT_FORMAT = 2, XD_SNAPSHOT_NAME_MAX = 255 };
extern const char xd_snapshot_magic[8];
/* Version of the program, and a digest of the sources that make a network and road map of a map. */
extern const char xd_snapshot_program[];

/* What a snapshot is for; compared byte by byte. */
struct xd_snapshot_identity {
    uint32_t byte_order, format;
    uint64_t layout;   /* of the structs in it */
    uint64_t profiles; /* the built-in ones */
    int64_t map_bytes, map_mtime_ns;
    char program[64];                        /* filled with zeros, as is the next */
    char map_name[XD_SNAPSHOT_NAME_MAX + 1]; /* without its folder */
};

struct xd_snapshot_header {
    char magic[8];
    uint64_t checksum; /* of all behind it, up to the first section */
    struct xd_snapshot_identity identity;
    uint64_t network_hash;
    int64_t file_bytes;
    int32_t sections_n, spare;
    uint64_t none[6];
};

/* Sections follow each other, each on a multiple of XD_CHECKSUM_BLOCK; between them are zeros. */
struct xd_snapshot_entry {
    int64_t offset, items_n;
    int32_t item_size, spare;
    uint64_t checksum; /* of the section and the zeros behind it */
};

/* What a snapshot made now would be for. Errors: XD_NO_INPUT where the map is not there or no plain file, XD_DATA where its name is too long. */
XD_MUST_CHECK enum xd_status xd_snapshot_identify(const char *map_path, const struct xd_profiles *built_in, struct xd_snapshot_identity *identity,
                                                  struct xd_error *error);

enum xd_snapshot_look { XD_SNAPSHOT_MISSING, XD_SNAPSHOT_STALE, XD_SNAPSHOT_DAMAGED, XD_SNAPSHOT_GOOD };

/* bytes[n], on a multiple of XD_CHECKSUM_BLOCK, that must outlive the sections. *sections is filled only when it is XD_SNAPSHOT_GOOD. Cost: O(bytes), some
 * 10 GB/s a thread. */
enum xd_snapshot_look xd_snapshot_parse(const unsigned char *bytes, size_t n, const struct xd_snapshot_identity *identity, int32_t threads_n,
                                        struct xd_sections *sections);

/* A snapshot in use: the file as memory. */
struct xd_snapshot {
    const unsigned char *bytes;
    size_t bytes_n;
    struct xd_network *network;
    struct xd_standard_roads standard;
};
/* Fills *snapshot only where *look is XD_SNAPSHOT_GOOD. Errors: XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_snapshot_read(const char *path, const struct xd_snapshot_identity *identity, const struct xd_profiles *built_in,
                                              struct xd_snapshot *snapshot, enum xd_snapshot_look *look, struct xd_error *error);
void xd_snapshot_close(struct xd_snapshot *snapshot); /* zero-initialised: legal */

/* Writes it whole or not at all. standard must be ready. Errors: as base/output.h; XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_snapshot_write(const char *path, const struct xd_snapshot_identity *identity,
                                               const struct xd_standard_roads *standard, struct xd_error *error);

#endif
