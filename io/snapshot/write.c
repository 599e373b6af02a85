#include "io/snapshot/snapshot.h"

#include "base/output.h"

#include <string.h>

const char xd_snapshot_magic[8] = {'\x89', 'X', 'D', 'R', 'O', 'A', 'D', '\n'};

_Static_assert(sizeof(struct xd_snapshot_header) % XD_CHECKSUM_BLOCK == 0, "the table begins on a block");

static size_t padding(size_t n)
{
    return (XD_CHECKSUM_BLOCK - n % XD_CHECKSUM_BLOCK) % XD_CHECKSUM_BLOCK;
}

static size_t bytes_of(const struct xd_section *section)
{
    return (size_t)section->items_n * (size_t)section->item_size;
}

/* Header and table, up to the first section. */
static size_t begin(const struct xd_snapshot_identity *identity, const struct xd_standard_roads *standard, const struct xd_sections *sections,
                    unsigned char *bytes)
{
    struct xd_snapshot_header header = {.identity = *identity, .network_hash = standard->network->hash, .sections_n = sections->items_n};
    const size_t covered_from = offsetof(struct xd_snapshot_header, identity);
    size_t n = sizeof header + (size_t)sections->items_n * sizeof(struct xd_snapshot_entry);
    n += padding(n);
    int64_t offset = (int64_t)n;
    for (int32_t i = 0; i < sections->items_n; i++) {
        const struct xd_section *section = &sections->items[i];
        const size_t section_n = bytes_of(section);
        const struct xd_snapshot_entry entry = {
            .offset = offset, .items_n = section->items_n, .item_size = section->item_size, .checksum = xd_checksum(section->items, section_n)};
        memcpy(bytes + sizeof header + (size_t)i * sizeof entry, &entry, sizeof entry);
        offset += (int64_t)(section_n + padding(section_n));
    }
    header.file_bytes = offset;
    memcpy(header.magic, xd_snapshot_magic, sizeof header.magic);
    memcpy(bytes, &header, sizeof header);
    header.checksum = xd_checksum(bytes + covered_from, n - covered_from);
    memcpy(bytes, &header, sizeof header);
    return n;
}

static enum xd_status write_to(struct xd_output *output, const unsigned char *bytes, size_t n, const struct xd_sections *sections,
                               struct xd_error *error)
{
    static const unsigned char zeros[XD_CHECKSUM_BLOCK];
    enum xd_status status = xd_output_write(output, bytes, n, error);
    for (int32_t i = 0; i < sections->items_n && status == XD_OK; i++) {
        const size_t section_n = bytes_of(&sections->items[i]);
        status = xd_output_write(output, sections->items[i].items, section_n, error);
        if (status == XD_OK)
            status = xd_output_write(output, zeros, padding(section_n), error);
    }
    return status;
}

enum xd_status xd_snapshot_write(const char *path, const struct xd_snapshot_identity *identity, const struct xd_standard_roads *standard,
                                 struct xd_error *error)
{
    enum { BEGIN_BYTES = sizeof(struct xd_snapshot_header) + XD_SECTIONS_MAX * sizeof(struct xd_snapshot_entry) + XD_CHECKSUM_BLOCK };
    struct xd_sections sections = {0};
    struct xd_output_set *set = NULL;
    struct xd_output *output = NULL;
    unsigned char *bytes = xd_alloc_zero(BEGIN_BYTES, 1);
    enum xd_status status = bytes ? xd_standard_roads_list(standard, &sections, error) : xd_fail_memory(error, "a snapshot", BEGIN_BYTES);
    if (status == XD_OK)
        status = xd_output_set_open(&set, error);
    if (status == XD_OK)
        status = xd_output_add(set, path, &output, error);
    if (status == XD_OK)
        status = write_to(output, bytes, begin(identity, standard, &sections, bytes), &sections, error);
    if (status == XD_OK) {
        status = xd_output_set_commit(set, error);
        set = NULL;
    }
    xd_output_set_discard(set);
    xd_sections_free(&sections);
    xd_free(bytes);
    return status;
}
