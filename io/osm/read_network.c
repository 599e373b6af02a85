#include "base/alloc.h"
#include "base/parallel.h"
#include "io/osm/formats.h"
#include "io/osm/object.h"
#include "io/osm/read.h"

static enum xd_status network_pass(const char *path, struct xd_network_builder *builder, int number, struct xd_pbf_index *index, int32_t threads_n,
                                   const struct xd_progress *progress, struct xd_error *error)
{
    struct xd_input *input = NULL;
    struct xd_osm_sink sink;
    enum xd_status status = xd_network_builder_sink(builder, number, &sink, error);
    if (status == XD_OK)
        status = xd_input_open(path, &input, error);
    if (status != XD_OK)
        goto done;
    if (xd_input_size(input) < 0) {
        status =
            xd_fail(error, XD_NO_INPUT, xd_at_file(path), "is not a regular file; expected one, as a map is read twice: save it to a file first");
        goto done;
    }
    int64_t size = xd_input_size(input);
    struct xd_osm_pass pass = {.input = input,
                               .sink = &sink,
                               .progress = progress,
                               .done_before = (number - 1) * size,
                               .total = 2 * size,
                               .threads_n = threads_n,
                               .index = index};
    index->filling = number == 1;
    status = xd_osm_read_pass(&pass, error);
done:
    xd_input_close(input);
    return status;
}

enum xd_status xd_osm_read_network(const char *path, const struct xd_progress *progress, struct xd_network **network, struct xd_error *error)
{
    struct xd_network_builder *builder = NULL;
    struct xd_pbf_index index = {.kinds = NULL};
    enum xd_status status = xd_network_builder_create(&builder, error);
    if (status == XD_OK)
        xd_network_builder_threads(builder, xd_threads_available());
    for (int number = 1; status == XD_OK && number <= 2; number++)
        status = network_pass(path, builder, number, &index, xd_threads_available(), progress, error);
    if (status == XD_OK) {
        status = xd_network_builder_finish(builder, network, error);
        builder = NULL;
    }
    if (status != XD_OK)
        xd_osm_locate(error, xd_at_file(path));
    xd_network_builder_free(builder);
    xd_free(index.kinds);
    return status;
}
