#include "io/snapshot/snapshot.h"

#include "base/parallel.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BYTE_ORDER_MARK = 0x01020304, PARALLEL_BYTES = 4 << 20 };

/* ---- what it is for ---- */

enum xd_status xd_snapshot_identify(const char *map_path, const struct xd_profiles *built_in, struct xd_snapshot_identity *identity,
                                    struct xd_error *error)
{
    const char *slash = strrchr(map_path, '/'), *name = slash ? slash + 1 : map_path;
    struct xd_hash hash = xd_hash_begin();
    struct stat now;
    if (strlen(name) > XD_SNAPSHOT_NAME_MAX)
        return xd_fail(error, XD_DATA, xd_at_file(map_path), "the map's name has more than %d bytes", XD_SNAPSHOT_NAME_MAX);
    if (stat(map_path, &now) != 0 || !S_ISREG(now.st_mode))
        return xd_fail(error, XD_NO_INPUT, xd_at_file(map_path), "is not a regular file; expected a map");
    for (int32_t i = 0; i < built_in->items_n; i++)
        xd_hash_i64(&hash, (int64_t)xd_profile_hash(&built_in->items[i]));
    memset(identity, 0, sizeof *identity);
    identity->byte_order = BYTE_ORDER_MARK;
    identity->format = XD_SNAPSHOT_FORMAT;
    identity->layout = xd_standard_roads_layout();
    identity->profiles = xd_hash_end(hash);
    identity->map_bytes = (int64_t)now.st_size;
    identity->map_mtime_ns = (int64_t)now.st_mtim.tv_sec * 1000000000 + now.st_mtim.tv_nsec;
    snprintf(identity->program, sizeof identity->program, "%s", xd_snapshot_program);
    memcpy(identity->map_name, name, strlen(name));
    return XD_OK;
}

/* ---- what is in it ---- */

struct verify {
    const unsigned char *bytes;
    const struct xd_snapshot_entry *entries;
    size_t n;
    int32_t sections_n;
};

static enum xd_status verify_section(void *context, int32_t item, int32_t worker, struct xd_error *error)
{
    const struct verify *verify = context;
    const struct xd_snapshot_entry *entry = &verify->entries[item];
    const size_t end = item + 1 < verify->sections_n ? (size_t)entry[1].offset : verify->n;
    (void)worker;
    (void)error; /* the look says it all */
    return xd_checksum(verify->bytes + entry->offset, end - (size_t)entry->offset) == entry->checksum ? XD_OK : XD_DATA;
}

/* Sections one behind the other, from `begin` to the end of the file. */
static bool are_entries(const struct xd_snapshot_entry *entries, int32_t sections_n, size_t begin, size_t file_n)
{
    size_t at = begin;
    for (int32_t i = 0; i < sections_n; i++) {
        const struct xd_snapshot_entry *entry = &entries[i];
        if (entry->item_size < 1 || entry->items_n < 0 || entry->offset < 0 || (size_t)entry->offset != at ||
            (uint64_t)entry->items_n > (file_n - at) / (size_t)entry->item_size)
            return false;
        at += (size_t)entry->items_n * (size_t)entry->item_size;
        at += (XD_CHECKSUM_BLOCK - at % XD_CHECKSUM_BLOCK) % XD_CHECKSUM_BLOCK;
        if (at > file_n)
            return false;
    }
    return at == file_n;
}

enum xd_snapshot_look xd_snapshot_parse(const unsigned char *bytes, size_t n, const struct xd_snapshot_identity *identity, int32_t threads_n,
                                        struct xd_sections *sections)
{
    const struct xd_snapshot_header *header = (const void *)bytes;
    const size_t covered_from = offsetof(struct xd_snapshot_header, identity);
    if (n < sizeof *header || memcmp(header->magic, xd_snapshot_magic, sizeof header->magic) != 0)
        return XD_SNAPSHOT_DAMAGED;
    if (memcmp(&header->identity, identity, sizeof *identity) != 0)
        return XD_SNAPSHOT_STALE;
    if (header->file_bytes < 0 || (uint64_t)header->file_bytes != n || header->sections_n < 0 || header->sections_n > XD_SECTIONS_MAX)
        return XD_SNAPSHOT_DAMAGED;
    size_t begin = sizeof *header + (size_t)header->sections_n * sizeof(struct xd_snapshot_entry);
    begin += (XD_CHECKSUM_BLOCK - begin % XD_CHECKSUM_BLOCK) % XD_CHECKSUM_BLOCK;
    if (begin > n || xd_checksum(bytes + covered_from, begin - covered_from) != header->checksum)
        return XD_SNAPSHOT_DAMAGED;
    struct verify verify = {bytes, (const void *)(bytes + sizeof *header), n, header->sections_n};
    if (!are_entries(verify.entries, header->sections_n, begin, n) ||
        xd_parallel_for(n < PARALLEL_BYTES ? 1 : threads_n, header->sections_n, verify_section, &verify, NULL) != XD_OK)
        return XD_SNAPSHOT_DAMAGED;
    *sections = (struct xd_sections){.is_taking = true, .items_n = header->sections_n};
    for (int32_t i = 0; i < header->sections_n; i++) {
        const struct xd_snapshot_entry *entry = &verify.entries[i];
        sections->items[i] = (struct xd_section){bytes + entry->offset, entry->items_n, entry->item_size};
    }
    return XD_SNAPSHOT_GOOD;
}

/* ---- the file ---- */

/* The whole file as memory; NULL where it is missing, and with *look damaged where it is no plain file or too small to be one of ours. */
static const unsigned char *map_file(const char *path, size_t *n, enum xd_snapshot_look *look)
{
    struct stat now;
    void *bytes = MAP_FAILED;
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    *look = XD_SNAPSHOT_MISSING;
    if (fd < 0)
        return NULL;
    if (fstat(fd, &now) == 0 && S_ISREG(now.st_mode) && now.st_size >= (off_t)sizeof(struct xd_snapshot_header)) {
        *n = (size_t)now.st_size;
        bytes = mmap(NULL, *n, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    (void)close(fd);
    *look = XD_SNAPSHOT_DAMAGED;
    return bytes == MAP_FAILED ? NULL : bytes;
}

enum xd_status xd_snapshot_read(const char *path, const struct xd_snapshot_identity *identity, const struct xd_profiles *built_in,
                                struct xd_snapshot *snapshot, enum xd_snapshot_look *look, struct xd_error *error)
{
    struct xd_sections sections = {0};
    struct xd_snapshot made = {0};
    enum xd_status status = XD_OK;
    made.bytes = map_file(path, &made.bytes_n, look);
    if (!made.bytes)
        return XD_OK;
    *look = xd_snapshot_parse(made.bytes, made.bytes_n, identity, xd_threads_available(), &sections);
    if (*look == XD_SNAPSHOT_GOOD) {
        status = xd_standard_roads_restore(&sections, built_in, &made.network, &made.standard, error);
        if (status == XD_OK &&
            (sections.is_wrong || made.network->hash != ((const struct xd_snapshot_header *)(const void *)made.bytes)->network_hash))
            *look = XD_SNAPSHOT_DAMAGED;
    }
    xd_sections_free(&sections);
    if (status == XD_OK && *look == XD_SNAPSHOT_GOOD)
        *snapshot = made;
    else
        xd_snapshot_close(&made);
    return status;
}

void xd_snapshot_close(struct xd_snapshot *snapshot)
{
    xd_standard_roads_free(&snapshot->standard);
    xd_network_free(snapshot->network);
    if (snapshot->bytes)
        (void)munmap((void *)(uintptr_t)snapshot->bytes, snapshot->bytes_n);
    *snapshot = (struct xd_snapshot){0};
}
