#include "io/instance/solution.h"

#include "base/alloc.h"
#include "io/bytes/input.h"
#include "io/instance/scan.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- writing ---- */

void xd_solution_cost_text(const struct xd_instance *instance, int64_t cost, char dst[XD_SOLUTION_COST_TEXT_MAX])
{
    const int64_t scale = instance->problem->cost_scale;
    const int32_t decimals = instance->cost_decimals;
    int64_t rest = cost % scale;
    const int n = snprintf(dst, XD_SOLUTION_COST_TEXT_MAX, "%" PRId64, cost / scale);
    if (decimals == 0 || n < 0 || n + decimals + 1 >= XD_SOLUTION_COST_TEXT_MAX)
        return;
    dst[n] = '.';
    for (int32_t i = decimals; i > 0; i--, rest /= 10)
        dst[n + i] = (char)('0' + rest % 10);
    dst[n + decimals + 1] = '\0';
}

enum xd_status xd_solution_write(const struct xd_instance *instance, const struct xd_verified_plan *plan, struct xd_buffer *buffer,
                                 struct xd_error *error)
{
    const struct xd_plan *values = xd_verified_plan_values(plan);
    const struct xd_problem *problem = instance->problem;
    enum xd_status status = XD_OK;
    for (int32_t r = 0; r < values->routes_n && status == XD_OK; r++) {
        const struct xd_plan_route *route = &values->routes[r];
        status = xd_buffer_printf(buffer, error, "Route #%ld", (long)r + 1);
        if (status == XD_OK && problem->types_n > 1)
            status = xd_buffer_printf(buffer, error, " %%%ld", (long)xd_problem_vehicle_type(problem, route->vehicle) + 1);
        if (status == XD_OK)
            status = xd_buffer_append(buffer, ":", 1, error);
        for (int32_t i = 0; i < route->visits_n && status == XD_OK; i++)
            status = xd_buffer_printf(buffer, error, " %ld", (long)problem->stops[route->visits[i].stop].origin);
        if (status == XD_OK)
            status = xd_buffer_append(buffer, "\n", 1, error);
    }
    if (status == XD_OK) {
        char cost[XD_SOLUTION_COST_TEXT_MAX];
        xd_solution_cost_text(instance, values->total_cost, cost);
        status = xd_buffer_printf(buffer, error, "Cost %s\n", cost);
    }
    return status;
}

/* ---- reading ---- */

enum { HEAD_TOKENS_MAX = 4 }; /* Route #1 @1 %2 */

struct reading {
    struct xd_scan *scan;
    const struct xd_instance *instance;
    struct xd_solution *made;
    size_t types_capacity, first_capacity, stops_capacity;
    int32_t visits_n;
    struct xd_error *error;
};

static enum xd_status add_visit(struct reading *r, int32_t stop)
{
    const size_t max = 2 * (size_t)r->instance->problem->stops_n;
    void *stops = r->made->stops;
    const enum xd_status status = xd_array_reserve(&stops, &r->stops_capacity, (size_t)r->visits_n + 1, sizeof *r->made->stops, max,
                                                   "visits of a solution (two a customer)", r->error);
    r->made->stops = stops;
    if (status == XD_OK)
        r->made->stops[r->visits_n++] = stop;
    return status;
}

static enum xd_status add_route(struct reading *r, int32_t type)
{
    const size_t routes_n = (size_t)r->made->routes_n;
    void *types = r->made->types, *first = r->made->first;
    enum xd_status status =
        xd_array_reserve(&types, &r->types_capacity, routes_n + 1, sizeof *r->made->types, XD_PROBLEM_VEHICLES_MAX, "routes of a solution", r->error);
    r->made->types = types;
    if (status == XD_OK)
        status = xd_array_reserve(&first, &r->first_capacity, routes_n + 2, sizeof *r->made->first, XD_PROBLEM_VEHICLES_MAX + 1,
                                  "routes of a solution", r->error);
    r->made->first = first;
    if (status != XD_OK)
        return status;
    r->made->types[routes_n] = type;
    r->made->first[routes_n] = r->visits_n;
    r->made->first[routes_n + 1] = r->visits_n;
    r->made->routes_n++;
    return XD_OK;
}

/* "#3", "@1", "%2": a mark and a number. */
static enum xd_status read_mark(struct reading *r, const struct xd_token *token, const char *field, int64_t max, int64_t *value)
{
    const struct xd_token number = {token->text + 1, token->n - 1, token->line, token->column + 1};
    return xd_scan_int(r->scan, &number, field, 1, max, value, r->error);
}

static enum xd_status read_head(struct reading *r, const struct xd_scan_line *head, int32_t *type)
{
    struct xd_token tokens[HEAD_TOKENS_MAX];
    const size_t tokens_n = xd_scan_split(head, tokens, HEAD_TOKENS_MAX);
    int64_t number = 0, depot = 1, kind = 1;
    if (tokens_n < 2 || tokens_n > HEAD_TOKENS_MAX || tokens[1].text[0] != '#')
        return xd_fail(r->error, XD_DATA, xd_at_line(r->scan->source, head->line, head->column),
                       "the route does not begin with its number; expected \"Route #1: 3 7 12\"");
    enum xd_status status = read_mark(r, &tokens[1], "Route #", INT32_MAX, &number);
    for (size_t i = 2; i < tokens_n && status == XD_OK; i++) {
        if (tokens[i].text[0] == '@')
            status = read_mark(r, &tokens[i], "depot", 1, &depot);
        else if (tokens[i].text[0] == '%')
            status = read_mark(r, &tokens[i], "vehicle type", r->instance->problem->types_n, &kind);
        else
            status = xd_fail(r->error, XD_DATA, xd_scan_at(r->scan, &tokens[i], NULL),
                             "the mark is not known here; expected @ with a depot or %% with a vehicle type");
    }
    *type = (int32_t)kind - 1;
    return status;
}

static enum xd_status read_route(struct reading *r, const struct xd_scan_line *line)
{
    const char *colon = memchr(line->text, ':', line->n);
    if (!colon)
        return xd_fail(r->error, XD_DATA, xd_at_line(r->scan->source, line->line, line->column),
                       "the route has no colon; expected \"Route #1: 3 7 12\"");
    const struct xd_scan_line head = {line->text, (size_t)(colon - line->text), line->line, line->column};
    const size_t used = head.n + 1;
    struct xd_scan_line rest = {line->text + used, line->n - used, line->line, line->column + (int64_t)used};
    struct xd_token token;
    int32_t type = 0;
    enum xd_status status = read_head(r, &head, &type);
    if (status == XD_OK)
        status = add_route(r, type);
    while (status == XD_OK && xd_scan_take(&rest, &token)) {
        int64_t customer = 0;
        status = xd_scan_int(r->scan, &token, "customer", 1, r->instance->problem->stops_n, &customer, r->error);
        if (status == XD_OK)
            status = add_visit(r, (int32_t)customer - 1);
    }
    if (status == XD_OK)
        r->made->first[r->made->routes_n] = r->visits_n;
    return status;
}

static enum xd_status read_cost(struct reading *r, const struct xd_scan_line *line)
{
    struct xd_token tokens[2];
    if (xd_scan_split(line, tokens, 2) != 2 || r->made->has_cost)
        return xd_fail(r->error, XD_DATA, xd_at_line(r->scan->source, line->line, line->column),
                       "the cost is not one number, given once; expected \"Cost 123\"");
    r->made->has_cost = true;
    const int64_t max = XD_COST_MAX / r->instance->problem->cost_scale; /* in whole units, as the file states them */
    return xd_scan_fixed(r->scan, &tokens[1], "Cost", r->instance->cost_decimals, 0, max, &r->made->cost, r->error);
}

static enum xd_status read_lines(struct reading *r)
{
    struct xd_scan_line line;
    enum xd_status status = XD_OK;
    while (status == XD_OK && xd_scan_next(r->scan, &line)) {
        struct xd_token word = {0};
        (void)xd_scan_split(&line, &word, 1);
        if (xd_token_is(&word, "Route"))
            status = read_route(r, &line);
        else if (xd_token_is(&word, "Cost"))
            status = read_cost(r, &line);
        else
            status = xd_fail(r->error, XD_DATA, xd_scan_at(r->scan, &word, NULL),
                             "the line is neither a route nor the cost; expected \"Route #1: 3 7 12\" or \"Cost 123\"");
    }
    if (status == XD_OK && r->made->routes_n == 0)
        status = xd_fail(r->error, XD_DATA, xd_at_line(r->scan->source, r->scan->line, 0), "the file holds no route; expected \"Route #1: 3 7 12\"");
    return status;
}

enum xd_status xd_solution_parse(const char *source, const char *bytes, size_t n, const struct xd_instance *instance, struct xd_solution *solution,
                                 struct xd_error *error)
{
    struct xd_scan scan = xd_scan_begin(source, bytes, n);
    struct xd_solution made = {0};
    struct reading r = {.scan = &scan, .instance = instance, .made = &made, .error = error};
    enum xd_status status = read_lines(&r);
    if (status == XD_OK) {
        *solution = made;
        made = (struct xd_solution){0};
    } else if (status == XD_DATA && error && error->source[0] == '\0') {
        error->line = scan.line; /* limits of arrays know neither file nor line */
        xd_scan_copy(source, strlen(source), error->source, sizeof error->source);
    }
    xd_solution_free(&made);
    return status;
}

enum xd_status xd_solution_read(const char *path, const struct xd_instance *instance, struct xd_solution *solution, struct xd_error *error)
{
    struct xd_buffer buffer;
    xd_buffer_init(&buffer, XD_SOLUTION_BYTES_MAX);
    enum xd_status status = xd_input_read_all(path, XD_SOLUTION_BYTES_MAX, &buffer, error);
    if (status == XD_OK)
        status = xd_solution_parse(path, buffer.bytes ? buffer.bytes : "", buffer.length, instance, solution, error);
    xd_buffer_free(&buffer);
    return status;
}

void xd_solution_free(struct xd_solution *solution)
{
    if (!solution)
        return;
    xd_free(solution->types);
    xd_free(solution->first);
    xd_free(solution->stops);
    *solution = (struct xd_solution){0};
}

struct xd_routes xd_solution_routes(const struct xd_solution *solution)
{
    return (struct xd_routes){.routes_n = solution->routes_n, .types = solution->types, .first = solution->first, .stops = solution->stops};
}
