#include "io/bytes/input.h"

#include "base/alloc.h"
#include "io/bytes/input_ahead.h"
#include "io/bytes/input_source.h"

#include <string.h>

enum { ALL_STEP_BYTES = 256 * 1024, PIECE_BYTES = 64 * 1024, AHEAD_FROM_BYTES = 1024 * 1024 /* of data; below, a thread costs more than it saves */ };

struct xd_input {
    char *name;
    struct xd_input_source source; /* of the thread, once there is one */
    struct xd_input_ahead *ahead;  /* or NULL */
    bool ahead_tried;
    const unsigned char *piece; /* of the thread: piece[piece_at .. piece_n) was not given yet */
    size_t piece_at, piece_n;
    int64_t size;
    int64_t file_offset;
    int64_t given_n;    /* to the reader */
    int64_t unpacked_n; /* given plus looked at ahead */
    int64_t unpacked_max;
    unsigned char *own_piece; /* for xd_input_next without a thread */
    unsigned char look[XD_INPUT_PEEK_MAX];
    size_t look_at;
    size_t look_n;
};

/* Counts n more bytes against the cap. */
static enum xd_status count(struct xd_input *input, size_t n, struct xd_error *error)
{
    input->unpacked_n += (int64_t)n;
    if (input->unpacked_n <= input->unpacked_max)
        return XD_OK;
    return xd_fail(error, XD_DATA, xd_at_byte(input->name, input->file_offset), "holds more than the limit of %lld bytes%s; cut it down first",
                   (long long)input->unpacked_max, input->source.packing == XD_INPUT_PLAIN ? "" : " after decompression");
}

/* A long file is unpacked by a thread from here on. */
static void look_for_thread(struct xd_input *input)
{
    if (input->ahead_tried || input->source.packing == XD_INPUT_PLAIN || input->source.file < 0 || input->unpacked_n < AHEAD_FROM_BYTES)
        return;
    input->ahead_tried = true;
    input->ahead = xd_input_ahead_start(&input->source);
}

static enum xd_status next_piece(struct xd_input *input, struct xd_error *error)
{
    if (input->piece_at < input->piece_n)
        return XD_OK;
    input->piece_at = 0;
    enum xd_status status = xd_input_ahead_next(input->ahead, &input->piece, &input->piece_n, &input->file_offset, error);
    if (status != XD_OK)
        input->piece_n = 0;
    return status;
}

/* Fills dst as far as the data goes. */
static enum xd_status fill(struct xd_input *input, unsigned char *dst, size_t n, size_t *got_n, struct xd_error *error)
{
    size_t filled_n = 0;
    enum xd_status status = XD_OK;
    look_for_thread(input);
    if (!input->ahead) {
        status = xd_input_source_read(&input->source, dst, n, &filled_n, error);
        input->file_offset = xd_input_source_offset(&input->source);
    }
    while (input->ahead && filled_n < n) {
        status = next_piece(input, error);
        if (status != XD_OK || input->piece_n == 0)
            break;
        const size_t step_n = n - filled_n < input->piece_n - input->piece_at ? n - filled_n : input->piece_n - input->piece_at;
        memcpy(dst + filled_n, input->piece + input->piece_at, step_n);
        input->piece_at += step_n;
        filled_n += step_n;
    }
    if (status == XD_OK)
        status = count(input, filled_n, error);
    if (status == XD_OK)
        *got_n = filled_n;
    return status;
}

enum xd_status xd_input_read(struct xd_input *input, void *dst, size_t n, size_t *got_n, struct xd_error *error)
{
    unsigned char *bytes = dst;
    size_t from_look_n = input->look_n - input->look_at < n ? input->look_n - input->look_at : n;
    if (from_look_n > 0)
        memcpy(bytes, input->look + input->look_at, from_look_n);
    size_t more_n = 0;
    if (n > from_look_n) {
        enum xd_status status = fill(input, bytes + from_look_n, n - from_look_n, &more_n, error);
        if (status != XD_OK)
            return status;
    }
    input->look_at += from_look_n;
    input->given_n += (int64_t)(from_look_n + more_n);
    *got_n = from_look_n + more_n;
    return XD_OK;
}

/* The next bytes where they lie: of the thread's piece, or of a file that is not packed. */
static enum xd_status next_in_place(struct xd_input *input, const unsigned char **bytes, size_t *n, struct xd_error *error)
{
    enum xd_status status;
    if (input->ahead) {
        status = next_piece(input, error);
        const size_t left_n = input->piece_n - input->piece_at;
        *bytes = input->piece + input->piece_at;
        *n = left_n < PIECE_BYTES ? left_n : PIECE_BYTES;
        input->piece_at += status == XD_OK ? *n : 0;
    } else {
        status = xd_input_source_next(&input->source, PIECE_BYTES, bytes, n, error);
        input->file_offset = xd_input_source_offset(&input->source);
    }
    if (status == XD_OK)
        status = count(input, *n, error);
    input->given_n += status == XD_OK ? (int64_t)*n : 0;
    return status;
}

enum xd_status xd_input_next(struct xd_input *input, const unsigned char **bytes, size_t *n, struct xd_error *error)
{
    look_for_thread(input);
    if (input->look_at == input->look_n && (input->ahead || input->source.packing == XD_INPUT_PLAIN))
        return next_in_place(input, bytes, n, error);
    if (!input->own_piece)
        input->own_piece = xd_alloc(PIECE_BYTES, 1);
    if (!input->own_piece)
        return xd_fail_memory(error, "an input", PIECE_BYTES);
    *bytes = input->own_piece;
    return xd_input_read(input, input->own_piece, PIECE_BYTES, n, error);
}

enum xd_status xd_input_peek(struct xd_input *input, size_t n, const unsigned char **bytes, size_t *got_n, struct xd_error *error)
{
    if (n > XD_INPUT_PEEK_MAX)
        return xd_fail(error, XD_INTERNAL, xd_at_file(input->name), "a look ahead of %zu bytes; expected at most %d", n, (int)XD_INPUT_PEEK_MAX);
    size_t held_n = input->look_n - input->look_at;
    if (held_n < n) {
        memmove(input->look, input->look + input->look_at, held_n);
        input->look_at = 0;
        input->look_n = held_n;
        size_t more_n;
        enum xd_status status = fill(input, input->look + held_n, n - held_n, &more_n, error);
        if (status != XD_OK)
            return status;
        input->look_n += more_n;
        held_n += more_n;
    }
    *bytes = input->look + input->look_at;
    *got_n = held_n < n ? held_n : n;
    return XD_OK;
}

static enum xd_status new_input(const char *name, struct xd_input **input, struct xd_error *error)
{
    struct xd_input *fresh = xd_alloc_zero(1, sizeof *fresh);
    if (!fresh)
        return xd_fail_memory(error, "an input", sizeof *fresh);
    fresh->unpacked_max = XD_INPUT_UNPACKED_BYTES_MAX;
    fresh->source.file = -1;
    fresh->name = xd_string_copy(name);
    fresh->source.name = fresh->name;
    if (!fresh->name) {
        xd_free(fresh);
        return xd_fail_memory(error, "the name of an input", strlen(name) + 1);
    }
    *input = fresh;
    return XD_OK;
}

enum xd_status xd_input_open(const char *path, struct xd_input **input, struct xd_error *error)
{
    struct xd_input *fresh = NULL;
    enum xd_status status = new_input(path, &fresh, error);
    if (status == XD_OK)
        status = xd_input_source_open(&fresh->source, error);
    if (status != XD_OK) {
        xd_input_close(fresh);
        return status;
    }
    fresh->size = fresh->source.size;
    *input = fresh;
    return XD_OK;
}

enum xd_status xd_input_open_memory(const char *name, const void *bytes, size_t n, struct xd_input **input, struct xd_error *error)
{
    struct xd_input *fresh = NULL;
    enum xd_status status = new_input(name, &fresh, error);
    if (status != XD_OK)
        return status;
    xd_input_source_open_memory(&fresh->source, bytes, n);
    fresh->size = fresh->source.size;
    *input = fresh;
    return XD_OK;
}

void xd_input_close(struct xd_input *input)
{
    if (!input)
        return;
    xd_input_ahead_stop(input->ahead);
    xd_input_source_close(&input->source);
    xd_free(input->own_piece);
    xd_free(input->name);
    xd_free(input);
}

void xd_input_limit(struct xd_input *input, int64_t unpacked_bytes_max)
{
    if (unpacked_bytes_max < input->unpacked_max)
        input->unpacked_max = unpacked_bytes_max;
}

const char *xd_input_name(const struct xd_input *input)
{
    return input->name;
}

int64_t xd_input_size(const struct xd_input *input)
{
    return input->size;
}

int64_t xd_input_file_offset(const struct xd_input *input)
{
    return input->file_offset;
}

int64_t xd_input_offset(const struct xd_input *input)
{
    return input->given_n;
}

enum xd_status xd_input_read_all(const char *path, size_t max_bytes, struct xd_buffer *buffer, struct xd_error *error)
{
    struct xd_input *input = NULL;
    size_t length_before = buffer->length;
    char *step = NULL;
    enum xd_status status = xd_input_open(path, &input, error);
    if (status != XD_OK)
        return status;
    step = xd_alloc(ALL_STEP_BYTES, 1);
    if (!step) {
        status = xd_fail_memory(error, "reading a file", ALL_STEP_BYTES);
        goto done;
    }
    if (max_bytes < (size_t)INT64_MAX)
        xd_input_limit(input, (int64_t)max_bytes);
    for (;;) {
        size_t got_n;
        status = xd_input_read(input, step, ALL_STEP_BYTES, &got_n, error);
        if (status == XD_OK)
            status = xd_buffer_append(buffer, step, got_n, error);
        if (status != XD_OK || got_n == 0)
            goto done;
    }
done:
    if (status != XD_OK && buffer->bytes) {
        buffer->length = length_before;
        buffer->bytes[length_before] = '\0';
    }
    xd_free(step);
    xd_input_close(input);
    return status;
}
