/* bench-gaps A.jsonl[:NAME] B.jsonl[:NAME]: two results of bench/quality/run.sh beside each other: the cost of B less that of A, in per cent of A's, for each
 * instance that both solved (the mean over the seeds of each), and the mean over the instances of a set with its 95 % bootstrap interval: B is better where
 * the whole interval is below zero. NAME: the solver's, where a file holds several; without it the file's first. */
#include "base/alloc.h"
#include "base/rng.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS_MAX = 100000, WORD_MAX = 96, LINE_BYTES = 4096, RESAMPLES_N = 10000 };

struct run {
    char set[WORD_MAX], name[WORD_MAX];
    double cost; /* sum over n runs */
    int n;
};

struct results {
    struct run *items;
    size_t n, capacity;
    char solver[WORD_MAX];
};

static struct run *find(const struct results *results, const char *set, const char *name)
{
    for (size_t i = 0; i < results->n; i++)
        if (strcmp(results->items[i].set, set) == 0 && strcmp(results->items[i].name, name) == 0)
            return &results->items[i];
    return NULL;
}

static bool add_line(struct results *results, const char *path, int line_n, const char *line)
{
    json_error_t problem;
    const char *solver = NULL, *set = NULL, *name = NULL;
    double cost = 0;
    struct xd_error error;
    json_t *root = json_loads(line, 0, &problem);
    if (!root || json_unpack_ex(root, &problem, 0, "{s:s, s:s, s:s, s:F}", "solver", &solver, "set", &set, "case", &name, "cost", &cost) != 0) {
        fprintf(stderr, "%s:%d: %s; expected a line of bench/quality/run.sh\n", path, line_n, problem.text);
        json_decref(root);
        return false;
    }
    if (results->solver[0] == '\0')
        snprintf(results->solver, sizeof results->solver, "%s", solver);
    bool good = true;
    if (strcmp(results->solver, solver) == 0) {
        struct run *run = find(results, set, name);
        void *items = results->items;
        if (!run && xd_array_reserve(&items, &results->capacity, results->n + 1, sizeof *results->items, RUNS_MAX, "runs", &error) != XD_OK) {
            fprintf(stderr, "%s: %s\n", path, error.message);
            good = false;
        } else if (!run) {
            results->items = items;
            run = &results->items[results->n++];
            *run = (struct run){.n = 0};
            snprintf(run->set, sizeof run->set, "%s", set);
            snprintf(run->name, sizeof run->name, "%s", name);
        }
        if (good) {
            run->cost += cost;
            run->n++;
        }
    }
    json_decref(root);
    return good;
}

/* PATH or PATH:NAME. */
static bool read_results(const char *argument, struct results *results)
{
    char path[1024];
    snprintf(path, sizeof path, "%s", argument);
    char *colon = strrchr(path, ':');
    if (colon) {
        *colon = '\0';
        snprintf(results->solver, sizeof results->solver, "%s", colon + 1);
    }
    FILE *file = fopen(path, "r");
    char line[LINE_BYTES];
    bool good = file != NULL;
    if (!good)
        fprintf(stderr, "%s: cannot be read\n", path);
    for (int line_n = 1; good && fgets(line, sizeof line, file); line_n++)
        good = add_line(results, path, line_n, line);
    if (file)
        fclose(file);
    return good;
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The differences of one set, and what they say together. */
static void summary(const char *set, const double *differences, size_t n, double *means)
{
    struct xd_rng rng = xd_rng_at(1, XD_RNG_BENCH, 0, 0);
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += differences[i];
    for (int r = 0; r < RESAMPLES_N; r++) {
        double resampled = 0;
        for (size_t i = 0; i < n; i++)
            resampled += differences[xd_rng_below(&rng, (uint32_t)n)];
        means[r] = resampled / (double)n;
    }
    qsort(means, RESAMPLES_N, sizeof *means, by_value);
    printf("%-16s mean of %-3zu %+8.3f %%   95 %% interval %+.3f .. %+.3f\n", set, n, sum / (double)n, means[RESAMPLES_N / 40],
           means[RESAMPLES_N - 1 - RESAMPLES_N / 40]);
}

static bool compare(const struct results *a, const struct results *b)
{
    double *differences = xd_alloc(a->n + 1, sizeof *differences), *means = xd_alloc(RESAMPLES_N, sizeof *means);
    bool *done = xd_alloc_zero(a->n + 1, sizeof *done);
    const bool good = differences && means && done;
    printf("%s less %s\n", b->solver, a->solver);
    for (size_t first = 0; good && first < a->n; first++) {
        size_t n = 0;
        for (size_t i = first; i < a->n; i++) {
            if (done[i] || strcmp(a->items[i].set, a->items[first].set) != 0)
                continue;
            done[i] = true;
            const struct run *other = find(b, a->items[i].set, a->items[i].name);
            if (!other)
                continue;
            differences[n] = (other->cost / other->n / (a->items[i].cost / a->items[i].n) - 1) * 100;
            printf("%-16s %-16s %+8.3f %%\n", a->items[i].set, a->items[i].name, differences[n]);
            n++;
        }
        if (n > 0)
            summary(a->items[first].set, differences, n, means);
    }
    xd_free(differences);
    xd_free(means);
    xd_free(done);
    return good;
}

int main(int argc, char **argv)
{
    struct results a = {.n = 0}, b = {.n = 0};
    if (argc != 3) {
        fprintf(stderr, "usage: bench-gaps A.jsonl[:NAME] B.jsonl[:NAME]\n");
        return 64;
    }
    const bool good = read_results(argv[1], &a) && read_results(argv[2], &b) && compare(&a, &b);
    xd_free(a.items);
    xd_free(b.items);
    return good ? 0 : 1;
}
