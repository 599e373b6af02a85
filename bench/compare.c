/* bench-compare A.jsonl B.jsonl [PERCENT]: the results of two runs side by side, in the order of A, with the ratio B/A; differences above PERCENT
 * (default 5) are marked. Lines of the same bench, case and unit in one file (several runs appended) count by their median. */
#include "base/alloc.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RESULTS_MAX = 100000, WORD_MAX = 96, LINE_BYTES = 4096 };

struct result {
    char bench[WORD_MAX];
    char name[WORD_MAX];
    char unit[WORD_MAX];
    double value;
};

struct results {
    struct result *items;
    size_t n;
    size_t capacity;
};

static bool is_same(const struct result *a, const struct result *b)
{
    return strcmp(a->bench, b->bench) == 0 && strcmp(a->name, b->name) == 0 && strcmp(a->unit, b->unit) == 0;
}

static bool add_line(struct results *results, const char *path, int line_n, const char *line)
{
    json_error_t problem;
    const char *bench = NULL;
    const char *name = NULL;
    const char *unit = NULL;
    double value = 0;
    json_t *root = json_loads(line, 0, &problem);
    if (!root || json_unpack_ex(root, &problem, 0, "{s:s, s:s, s:F, s:s}", "bench", &bench, "case", &name, "value", &value, "unit", &unit) != 0) {
        fprintf(stderr, "%s:%d: %s; expected {\"bench\": ..., \"case\": ..., \"value\": ..., \"unit\": ...}\n", path, line_n, problem.text);
        json_decref(root);
        return false;
    }
    struct xd_error error;
    void *items = results->items;
    if (xd_array_reserve(&items, &results->capacity, results->n + 1, sizeof *results->items, RESULTS_MAX, "results", &error) != XD_OK) {
        fprintf(stderr, "%s: %s\n", path, error.message);
        json_decref(root);
        return false;
    }
    results->items = items;
    struct result *result = &results->items[results->n++];
    snprintf(result->bench, sizeof result->bench, "%s", bench);
    snprintf(result->name, sizeof result->name, "%s", name);
    snprintf(result->unit, sizeof result->unit, "%s", unit);
    result->value = value;
    json_decref(root);
    return true;
}

static bool read_results(const char *path, struct results *results)
{
    char line[LINE_BYTES];
    bool good = true;
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        return false;
    }
    for (int line_n = 1; good && fgets(line, sizeof line, file); line_n++)
        if (line[strspn(line, " \t\r\n")] != '\0')
            good = add_line(results, path, line_n, line);
    fclose(file);
    return good;
}

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Median of the values of this key, by way of `values` (room for all of them); false when there is none. */
static bool find_median(const struct results *results, const struct result *key, double *values, double *median)
{
    size_t n = 0;
    for (size_t i = 0; i < results->n; i++)
        if (is_same(&results->items[i], key))
            values[n++] = results->items[i].value;
    if (n == 0)
        return false;
    qsort(values, n, sizeof *values, compare_doubles);
    *median = n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
    return true;
}

static bool is_first(const struct results *results, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (is_same(&results->items[i], &results->items[index]))
            return false;
    return true;
}

static void print_comparison(const struct results *a, const struct results *b, double *values, double percent)
{
    printf("%-48s %12s %12s %8s  %s\n", "bench/case", "A", "B", "B/A", "unit");
    for (size_t i = 0; i < a->n; i++) {
        const struct result *key = &a->items[i];
        double before = 0;
        double after = 0;
        char title[2 * WORD_MAX];
        if (!is_first(a, i))
            continue;
        find_median(a, key, values, &before);
        snprintf(title, sizeof title, "%s/%s", key->bench, key->name);
        if (!find_median(b, key, values, &after)) {
            printf("%-48s %12.6g %12s %8s  %s\n", title, before, "-", "-", key->unit);
        } else if (before == 0) {
            printf("%-48s %12.6g %12.6g %8s  %s\n", title, before, after, "-", key->unit);
        } else {
            const double ratio = after / before;
            const bool differs = ratio > 1 + percent / 100 || ratio < 1 - percent / 100;
            printf("%-48s %12.6g %12.6g %8.3f%s %s\n", title, before, after, ratio, differs ? "*" : " ", key->unit);
        }
    }
    for (size_t i = 0; i < b->n; i++) {
        const struct result *key = &b->items[i];
        double after = 0;
        char title[2 * WORD_MAX];
        if (!is_first(b, i) || find_median(a, key, values, &after))
            continue;
        find_median(b, key, values, &after);
        snprintf(title, sizeof title, "%s/%s", key->bench, key->name);
        printf("%-48s %12s %12.6g %8s  %s\n", title, "-", after, "-", key->unit);
    }
}

int main(int argc, char **argv)
{
    struct results a = {NULL, 0, 0};
    struct results b = {NULL, 0, 0};
    double *values = NULL;
    int code = 65;
    if (argc < 3 || argc > 4) {
        fprintf(stderr, "usage: %s A.jsonl B.jsonl [PERCENT]\n", argv[0]);
        return 64;
    }
    json_set_alloc_funcs(xd_malloc_plain, xd_free);
    if (!read_results(argv[1], &a) || !read_results(argv[2], &b))
        goto done;
    values = xd_alloc(a.n + b.n, sizeof *values);
    if (!values)
        goto done;
    print_comparison(&a, &b, values, argc == 4 ? strtod(argv[3], NULL) : 5.0);
    code = 0;
done:
    xd_free(values);
    xd_free(a.items);
    xd_free(b.items);
    return code;
}
