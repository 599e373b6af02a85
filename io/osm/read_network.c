/* A PBF is read twice, as its blocks unpack fast and side by side; text is read once, and what the second pass wants of it is kept meanwhile. */
#include "base/alloc.h"
#include "base/parallel.h"
#include "io/osm/formats.h"
#include "io/osm/object.h"
#include "io/osm/read.h"
#include "io/osm/spool.h"
#include "maps/osm_repeats.h"

struct reading {
    const char *path;
    const struct xd_osm_network_options *options;
    const struct xd_progress *progress;
    struct xd_network_builder *builder;
    struct xd_pbf_index index;
    struct xd_osm_spool *spool; /* of a map of text */
    struct xd_osm_repeats repeats;
    bool any_repeats;
    int64_t done_bytes; /* of the passes so far */
};

static enum xd_status open_map(const struct reading *reading, struct xd_input **input, struct xd_error *error)
{
    enum xd_status status = xd_input_open(reading->path, input, error);
    if (status == XD_OK && xd_input_size(*input) < 0)
        status = xd_fail(error, XD_NO_INPUT, xd_at_file(reading->path),
                         "is not a regular file; expected one, as a map is read twice: save it to a file first");
    return status;
}

static enum xd_status read_pass(struct reading *reading, int number, struct xd_error *error)
{
    struct xd_input *input = NULL;
    struct xd_osm_sink sink, keeping;
    bool is_text = false;
    enum xd_status status = xd_network_builder_sink(reading->builder, number, &sink, error);
    if (status == XD_OK)
        status = open_map(reading, &input, error);
    if (status == XD_OK && number == 1)
        status = xd_osm_is_text(input, &is_text, error);
    if (status == XD_OK && is_text && !reading->any_repeats) /* which has no versions */
        status = xd_osm_spool_create(reading->options->spool_bytes_max, &reading->spool, error);
    if (status != XD_OK)
        goto done;
    if (reading->spool && number == 1)
        keeping = xd_osm_spool_sink(reading->spool, &sink);
    const int64_t size = xd_input_size(input);
    const struct xd_osm_pass pass = {.input = input,
                                     .sink = reading->spool && number == 1 ? &keeping : &sink,
                                     .progress = reading->progress,
                                     .done_before = reading->done_bytes,
                                     .total = reading->done_bytes + (number == 1 && !reading->spool ? 2 : 1) * size,
                                     .threads_n = reading->options->threads_n,
                                     .index = &reading->index};
    reading->index.filling = number == 1;
    status = xd_osm_read_pass(&pass, error);
    reading->done_bytes += size;
done:
    xd_input_close(input);
    return status;
}

static enum xd_status second_pass(struct reading *reading, struct xd_error *error)
{
    struct xd_osm_sink sink;
    if (!reading->spool || !xd_osm_spool_is_whole(reading->spool))
        return read_pass(reading, 2, error);
    enum xd_status status = xd_network_builder_sink(reading->builder, 2, &sink, error);
    if (status == XD_OK)
        status = xd_osm_spool_replay(reading->spool, reading->path, &sink, reading->progress, error);
    xd_osm_spool_free(reading->spool);
    reading->spool = NULL;
    return status;
}

static enum xd_status read_twice(struct reading *reading, struct xd_error *error)
{
    enum xd_status status = xd_network_builder_create(&reading->builder, error);
    if (status != XD_OK)
        return status;
    xd_network_builder_threads(reading->builder, reading->options->threads_n);
    xd_network_builder_outdates(reading->builder, reading->any_repeats ? &reading->repeats : NULL);
    status = read_pass(reading, 1, error);
    return status == XD_OK ? second_pass(reading, error) : status;
}

/* A round through the whole file, for ids alone. */
static enum xd_status read_repeats(struct reading *reading, int round, int64_t objects_n, struct xd_error *error)
{
    struct xd_input *input = NULL;
    struct xd_osm_sink sink;
    enum xd_status status = xd_osm_repeats_sink(&reading->repeats, round, objects_n, &sink, error);
    if (status == XD_OK)
        status = open_map(reading, &input, error);
    if (status == XD_OK) {
        const int64_t size = xd_input_size(input);
        const struct xd_osm_pass pass = {.input = input,
                                         .sink = &sink,
                                         .progress = reading->progress,
                                         .done_before = reading->done_bytes,
                                         .total = reading->done_bytes + (round == 1 ? 2 : 1) * size,
                                         .threads_n = 1};
        status = xd_osm_read_pass(&pass, error);
        reading->done_bytes += size;
    }
    xd_input_close(input);
    return status;
}

/* A file that may have ids twice is looked through for them, and where their versions differ it is read again. */
static enum xd_status read_again(struct reading *reading, struct xd_error *error)
{
    int64_t objects_n;
    if (!xd_network_builder_may_repeat(reading->builder, &objects_n))
        return XD_OK;
    for (int round = 1; round <= 2; round++) {
        const enum xd_status status = read_repeats(reading, round, objects_n, error);
        if (status != XD_OK)
            return status;
    }
    reading->any_repeats = xd_osm_repeats_end(&reading->repeats);
    if (!reading->any_repeats)
        return XD_OK;
    xd_network_builder_free(reading->builder);
    reading->builder = NULL;
    xd_osm_spool_free(reading->spool);
    reading->spool = NULL;
    reading->index.blocks_n = 0;
    return read_twice(reading, error);
}

enum xd_status xd_osm_read_network_as(const char *path, const struct xd_osm_network_options *options, const struct xd_progress *progress,
                                      struct xd_network **network, struct xd_error *error)
{
    struct reading reading = {.path = path, .options = options, .progress = progress};
    enum xd_status status = read_twice(&reading, error);
    if (status == XD_OK)
        status = read_again(&reading, error);
    if (status == XD_OK) {
        status = xd_network_builder_finish(reading.builder, network, error);
        reading.builder = NULL;
    }
    if (status != XD_OK)
        xd_osm_locate(error, xd_at_file(path));
    xd_network_builder_free(reading.builder);
    xd_osm_spool_free(reading.spool);
    xd_osm_repeats_free(&reading.repeats);
    xd_free(reading.index.kinds);
    return status;
}

enum xd_status xd_osm_read_network(const char *path, const struct xd_progress *progress, struct xd_network **network, struct xd_error *error)
{
    const struct xd_osm_network_options options = {.threads_n = xd_threads_available(), .spool_bytes_max = XD_OSM_SPOOL_BYTES_MAX};
    return xd_osm_read_network_as(path, &options, progress, network, error);
}
