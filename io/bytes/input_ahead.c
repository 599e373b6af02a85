#include "io/bytes/input_ahead.h"

#include "base/alloc.h"

#include <pthread.h>

struct piece {
    unsigned char *bytes;
    size_t n;
    int64_t offset;
    enum xd_status status;
    struct xd_error error;
};

struct xd_input_ahead {
    struct xd_input_source *source;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t made_n, taken_n; /* pieces so far; guarded by lock, as is stops */
    bool stops;
    bool holds; /* the reader has a piece at hand, which is given back at its next call */
    struct piece pieces[XD_INPUT_AHEAD_BUFFERS];
    unsigned char room[XD_INPUT_AHEAD_BUFFERS][XD_INPUT_AHEAD_BYTES];
};

static void *run(void *context)
{
    struct xd_input_ahead *ahead = context;
    for (bool goes_on = true; goes_on;) {
        pthread_mutex_lock(&ahead->lock);
        while (ahead->made_n - ahead->taken_n == XD_INPUT_AHEAD_BUFFERS && !ahead->stops)
            pthread_cond_wait(&ahead->changed, &ahead->lock);
        goes_on = !ahead->stops;
        struct piece *piece = &ahead->pieces[ahead->made_n % XD_INPUT_AHEAD_BUFFERS];
        pthread_mutex_unlock(&ahead->lock);
        if (!goes_on)
            break;
        piece->n = 0;
        piece->status = xd_input_source_read(ahead->source, piece->bytes, XD_INPUT_AHEAD_BYTES, &piece->n, &piece->error);
        piece->offset = xd_input_source_offset(ahead->source);
        goes_on = piece->status == XD_OK && piece->n > 0;
        pthread_mutex_lock(&ahead->lock);
        ahead->made_n++;
        pthread_cond_signal(&ahead->changed);
        pthread_mutex_unlock(&ahead->lock);
    }
    return NULL;
}

struct xd_input_ahead *xd_input_ahead_start(struct xd_input_source *source)
{
    struct xd_input_ahead *ahead = xd_alloc(1, sizeof *ahead);
    if (!ahead)
        return NULL;
    ahead->source = source;
    ahead->made_n = ahead->taken_n = 0;
    ahead->stops = ahead->holds = false;
    for (int i = 0; i < XD_INPUT_AHEAD_BUFFERS; i++)
        ahead->pieces[i] = (struct piece){.bytes = ahead->room[i]};
    pthread_mutex_init(&ahead->lock, NULL);
    pthread_cond_init(&ahead->changed, NULL);
    if (pthread_create(&ahead->thread, NULL, run, ahead) == 0)
        return ahead;
    pthread_cond_destroy(&ahead->changed);
    pthread_mutex_destroy(&ahead->lock);
    xd_free(ahead);
    return NULL;
}

enum xd_status xd_input_ahead_next(struct xd_input_ahead *ahead, const unsigned char **bytes, size_t *n, int64_t *offset, struct xd_error *error)
{
    pthread_mutex_lock(&ahead->lock);
    if (ahead->holds) {
        ahead->taken_n++;
        pthread_cond_signal(&ahead->changed);
    }
    while (ahead->made_n == ahead->taken_n)
        pthread_cond_wait(&ahead->changed, &ahead->lock);
    const struct piece *piece = &ahead->pieces[ahead->taken_n % XD_INPUT_AHEAD_BUFFERS];
    pthread_mutex_unlock(&ahead->lock);
    ahead->holds = piece->status == XD_OK && piece->n > 0; /* the last piece is given again and again */
    *bytes = piece->bytes;
    *n = piece->n;
    *offset = piece->offset;
    if (piece->status != XD_OK && error)
        *error = piece->error;
    return piece->status;
}

void xd_input_ahead_stop(struct xd_input_ahead *ahead)
{
    if (!ahead)
        return;
    pthread_mutex_lock(&ahead->lock);
    ahead->stops = true;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
    pthread_join(ahead->thread, NULL);
    pthread_cond_destroy(&ahead->changed);
    pthread_mutex_destroy(&ahead->lock);
    xd_free(ahead);
}
