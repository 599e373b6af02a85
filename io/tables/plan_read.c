#include "io/tables/plan_read.h"

#include "base/alloc.h"
#include "base/number.h"
#include "io/bytes/input.h"
#include "io/bytes/json_read.h"
#include "io/export/plan_json.h"
#include "io/export/titles.h"
#include "io/tables/tables.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { REASONS_N = 6 };
#define PLAN_LENGTH_MAX_M INT64_C(1000000000000)
#define PLAN_LOAD_MAX INT64_C(1000000000000000)
#define PLAN_COST_MAX (INT64_C(1) << 62)

struct stop_entry {
    int32_t place, part, stop;
    bool cold;
};

struct plan_reading {
    struct xd_json_document document;
    const struct xd_county *county;
    struct xd_code_index codes;
    struct stop_entry *stops; /* county->stops_n, sorted */
    struct xd_plan *plan;
    int64_t version;
    bool no_memory;
};

static const char *const plan_keys[] = {
    "schema", "version", "scenario", "problem_hash", "network_hash", "seed",    "iterations",  "cost_units_per_fen", "credit",
    "cost",   "routes",  "unserved", "unplaced",     "closures",     "cut_off", "assumptions", "connectors"};
static const char *const cost_keys[] = {"fixed_units",   "fixed_yuan",     "distance_units", "distance_yuan", "duration_units",
                                        "duration_yuan", "unserved_units", "unserved_yuan",  "total_units",   "total_yuan"};
enum { ROUTE_KEYS_1_N = 18 }; /* version 1 had the first ones */
static const char *const route_keys[] = {
    "vehicle",      "type",           "number",      "name",       "start_s",        "start",         "end_s",          "end",           "length_m",
    "load_start_g", "load_start_dm3", "fixed_units", "fixed_yuan", "distance_units", "distance_yuan", "duration_units", "duration_yuan", "visits",
    "base",         "base_name",      "hub_leave_s", "hub_leave",  "hub_back_s",     "hub_back",      "approach_m",     "homeward_m"};
static const char *const visit_keys[] = {"place",        "name",       "cold",     "part",   "parts",      "arrive_s",     "arrive",
                                         "begin_s",      "begin",      "depart_s", "depart", "length_m",   "load_after_g", "load_after_dm3",
                                         "down_parcels", "up_parcels", "down_kg",  "up_kg",  "produce_kg", "connector_m",  "connector_s"};
enum { CONNECTOR_PLAN_KEYS_N = 1, CONNECTOR_VISIT_KEYS_N = 2 }; /* the last ones, from version 3 on */
static const char *const unserved_keys[] = {"place", "name", "cold", "part", "parts", "reason", "price_units", "price_yuan"};

static int compare_stops(const void *a, const void *b)
{
    const struct stop_entry *x = a;
    const struct stop_entry *y = b;
    if (x->place != y->place)
        return (x->place > y->place) - (x->place < y->place);
    if (x->cold != y->cold)
        return x->cold ? 1 : -1;
    if (x->part != y->part)
        return (x->part > y->part) - (x->part < y->part);
    return (x->stop > y->stop) - (x->stop < y->stop);
}

static void tell_no_memory(struct plan_reading *reading, size_t bytes)
{
    struct xd_error error;
    (void)xd_fail_memory(&error, "a plan", bytes);
    xd_diagnostics_add(reading->document.diagnostics, &error);
    reading->no_memory = true;
}

static bool index_stops(struct plan_reading *reading)
{
    const struct xd_county *county = reading->county;
    struct xd_error error;
    if (xd_code_index_build(&county->scenario->places, &reading->codes, &error) != XD_OK) {
        tell_no_memory(reading, (size_t)county->scenario->places.items_n);
        return false;
    }
    reading->stops = xd_alloc((size_t)county->stops_n, sizeof *reading->stops);
    if (!reading->stops) {
        tell_no_memory(reading, (size_t)county->stops_n * sizeof *reading->stops);
        return false;
    }
    for (int32_t s = 0; s < county->stops_n; s++) {
        const struct xd_county_stop *stop = &county->stops[s];
        reading->stops[s] = (struct stop_entry){.place = stop->place, .part = stop->part, .stop = s, .cold = stop->cold};
    }
    qsort(reading->stops, (size_t)county->stops_n, sizeof *reading->stops, compare_stops);
    return true;
}

static int32_t find_stop(const struct plan_reading *reading, int32_t place, bool cold, int32_t part)
{
    int32_t low = 0;
    int32_t high = reading->county->stops_n;
    struct stop_entry wanted = {.place = place, .part = part, .stop = -1, .cold = cold};
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (compare_stops(&reading->stops[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == reading->county->stops_n)
        return -1;
    const struct stop_entry *entry = &reading->stops[low];
    return entry->place == place && entry->cold == cold && entry->part == part ? entry->stop : -1;
}

/* A stop that the county does not have stays -1, with a warning: the checker names it. */
static bool read_stop(const struct plan_reading *reading, const struct xd_json_step *at, int32_t *stop)
{
    const struct xd_json_document *document = &reading->document;
    const char *code = "";
    bool cold = false;
    int64_t part = 1;
    bool good = xd_json_get_string(document, at, "place", &code);
    good = xd_json_get_bool(document, at, "cold", &cold) && good;
    good = xd_json_get_integer(document, at, "part", 1, INT32_MAX, &part) && good;
    if (!good)
        return false;
    int32_t place = xd_code_find(&reading->codes, code);
    *stop = place < 0 ? -1 : find_stop(reading, place, cold, (int32_t)part - 1);
    if (*stop < 0) {
        struct xd_json_step member = {.parent = at, .key = "place"};
        xd_json_warn(document, &member, "found %s (cold: %s, part %d), which is no stop of this scenario", code, cold ? "yes" : "no", (int)part);
    }
    return true;
}

/* A time of day beside its seconds, for people: the seconds count, and a text that says otherwise is told. */
static bool read_time(const struct xd_json_document *document, const struct xd_json_step *at, const char *key_s, const char *key, int64_t *seconds)
{
    const char *told;
    char clock[32];
    if (!xd_json_get_integer(document, at, key_s, -XD_TIME_MAX, XD_TIME_MAX, seconds) || !xd_json_get_string(document, at, key, &told))
        return false;
    xd_plan_json_clock(*seconds, clock);
    if (strcmp(told, clock) == 0)
        return true;
    struct xd_json_step member = {.parent = at, .key = key};
    xd_json_warn(document, &member, "found \"%.20s\", expected \"%s\" as %s says; change both or neither", told, clock, key_s);
    return true;
}

/* Yuan beside cost units. The reader of JSON has made a double of them: compared as fen. */
static bool read_cost(const struct plan_reading *reading, const struct xd_json_step *at, const char *key_units, const char *key_yuan, int64_t *units)
{
    const struct xd_json_document *document = &reading->document;
    struct xd_json_step member;
    if (!xd_json_get_integer(document, at, key_units, XD_REQUIRED, PLAN_COST_MAX, units) || !xd_json_member(document, at, key_yuan, &member))
        return false;
    if (!json_is_number(member.value)) {
        xd_json_refuse(document, &member, "found no number, expected yuan");
        return false;
    }
    double told_fen = json_number_value(member.value) * 100.0;
    double fen = (double)xd_plan_json_fen(reading->county->problem, *units);
    if (told_fen > fen - 0.5 && told_fen < fen + 0.5)
        return true;
    xd_json_warn(document, &member, "found %.2f, expected %.2f as %s says; change both or neither", told_fen / 100.0, fen / 100.0, key_units);
    return true;
}

static bool expect_integer(const struct xd_json_document *document, const struct xd_json_step *at, const char *key, int64_t expected)
{
    int64_t found;
    if (!xd_json_get_integer(document, at, key, INT64_MIN, INT64_MAX, &found))
        return false;
    if (found == expected)
        return true;
    struct xd_json_step member = {.parent = at, .key = key};
    xd_json_refuse(document, &member, "found %lld, expected %lld as in the scenario", (long long)found, (long long)expected);
    return false;
}

/* What the scenario says too, beside the stop. */
static bool restates_integer(const struct xd_json_document *document, const struct xd_json_step *at, const char *key, int64_t expected)
{
    int64_t found;
    if (!xd_json_get_integer(document, at, key, INT64_MIN, INT64_MAX, &found))
        return false;
    struct xd_json_step member = {.parent = at, .key = key};
    if (found != expected)
        xd_json_warn(document, &member, "found %lld, expected %lld as in the scenario", (long long)found, (long long)expected);
    return true;
}

/* The straight line at a stop, for the vehicle that the checker knows. */
static bool read_connector(const struct plan_reading *reading, const struct xd_json_step *at, int32_t vehicle, int32_t stop)
{
    const struct xd_json_document *document = &reading->document;
    const struct xd_problem *problem = reading->county->problem;
    int64_t found;
    if (reading->version <= XD_PLAN_JSON_VERSION_ROADS)
        return true;
    if (stop < 0 || vehicle < 0 || vehicle >= problem->vehicles_n || reading->county->profiles_n == 0)
        return xd_json_get_integer(document, at, "connector_m", 0, INT32_MAX, &found) &&
               xd_json_get_integer(document, at, "connector_s", 0, INT32_MAX, &found);
    const struct xd_snap *snap = xd_county_vehicle_snap(reading->county, vehicle, problem->stops[stop].location);
    const bool good = restates_integer(document, at, "connector_m", snap->connector_m);
    return restates_integer(document, at, "connector_s", snap->connector_s) && good;
}

static bool read_visit(const struct plan_reading *reading, const struct xd_json_step *at, int32_t vehicle, struct xd_visit *visit)
{
    const struct xd_json_document *document = &reading->document;
    const size_t keys_n = XD_ARRAY_LENGTH(visit_keys) - (reading->version <= XD_PLAN_JSON_VERSION_ROADS ? CONNECTOR_VISIT_KEYS_N : 0);
    if (!xd_json_is_object(document, at, visit_keys, keys_n))
        return false;
    bool good = read_stop(reading, at, &visit->stop);
    bool known = good && visit->stop >= 0;
    good = read_time(document, at, "arrive_s", "arrive", &visit->arrive_s) && good;
    good = read_time(document, at, "begin_s", "begin", &visit->begin_s) && good;
    good = read_time(document, at, "depart_s", "depart", &visit->depart_s) && good;
    good = xd_json_get_integer(document, at, "length_m", 0, PLAN_LENGTH_MAX_M, &visit->length_m) && good;
    good = xd_json_get_integer(document, at, "load_after_g", -PLAN_LOAD_MAX, PLAN_LOAD_MAX, &visit->load_after[0]) && good;
    good = xd_json_get_integer(document, at, "load_after_dm3", -PLAN_LOAD_MAX, PLAN_LOAD_MAX, &visit->load_after[1]) && good;
    good = read_connector(reading, at, vehicle, visit->stop) && good;
    if (known) {
        const struct xd_county_stop *stop = &reading->county->stops[visit->stop];
        good = restates_integer(document, at, "down_parcels", stop->down_parcels_n) && good;
        good = restates_integer(document, at, "up_parcels", stop->up_parcels_n) && good;
    }
    return good;
}

/* The vehicle's type and number are there for people: it is told when they name another one. An unknown vehicle is the checker's. */
static bool read_vehicle(const struct plan_reading *reading, const struct xd_json_step *at, int32_t *vehicle)
{
    const struct xd_json_document *document = &reading->document;
    const struct xd_problem *problem = reading->county->problem;
    int64_t found = -1;
    int64_t number = 0;
    const char *type = "";
    bool good = xd_json_get_integer(document, at, "vehicle", INT32_MIN, INT32_MAX, &found);
    good = xd_json_get_string(document, at, "type", &type) && good;
    good = xd_json_get_integer(document, at, "number", INT32_MIN, INT32_MAX, &number) && good;
    if (!good)
        return false;
    *vehicle = (int32_t)found;
    for (int32_t t = 0; t < problem->types_n; t++) {
        bool mine = found >= problem->first_vehicle[t] && found < problem->first_vehicle[t + 1];
        const char *key = reading->county->scenario->fleet[t].key;
        if (!mine || (strcmp(key, type) == 0 && number == found - problem->first_vehicle[t] + 1))
            continue;
        struct xd_json_step member = {.parent = at, .key = "vehicle"};
        xd_json_warn(document, &member, "found vehicle %lld, which is %s number %lld, but type and number say %.40s number %lld", (long long)found,
                     key, (long long)(found - problem->first_vehicle[t] + 1), type, (long long)number);
    }
    return true;
}

/* Where the vehicle lives stands there for people: it is told when the fleet says otherwise. */
static void read_base(const struct plan_reading *reading, const struct xd_json_step *at, int32_t vehicle)
{
    const struct xd_json_document *document = &reading->document;
    const struct xd_places *places = &reading->county->scenario->places;
    const struct xd_place *base = xd_vehicle_base(reading->county, vehicle);
    const char *told;
    base = base ? base : &places->items[places->hub];
    if (!xd_json_get_string(document, at, "base", &told) || strcmp(told, base->code) == 0)
        return;
    struct xd_json_step member = {.parent = at, .key = "base"};
    xd_json_warn(document, &member, "found the base %.40s, expected %s as in the scenario", told, base->code);
}

/* Times and lengths between base and hub. Version 1 is of the time when all vehicles lived at the hub. */
static void read_ways(const struct plan_reading *reading, const struct xd_json_step *at, struct xd_plan_route *route)
{
    const struct xd_json_document *document = &reading->document;
    (void)read_time(document, at, "start_s", "start", &route->start_s);
    (void)read_time(document, at, "end_s", "end", &route->end_s);
    (void)xd_json_get_integer(document, at, "length_m", 0, PLAN_LENGTH_MAX_M, &route->length_m);
    route->depot_leave_s = route->start_s;
    route->depot_back_s = route->end_s;
    if (reading->version == 1)
        return;
    read_base(reading, at, route->vehicle);
    (void)read_time(document, at, "hub_leave_s", "hub_leave", &route->depot_leave_s);
    (void)read_time(document, at, "hub_back_s", "hub_back", &route->depot_back_s);
    (void)xd_json_get_integer(document, at, "approach_m", 0, PLAN_LENGTH_MAX_M, &route->approach_m);
    (void)xd_json_get_integer(document, at, "homeward_m", 0, PLAN_LENGTH_MAX_M, &route->homeward_m);
}

static void read_route(struct plan_reading *reading, const struct xd_json_step *at, struct xd_plan_route *route)
{
    const struct xd_json_document *document = &reading->document;
    if (!xd_json_is_object(document, at, route_keys, reading->version == 1 ? ROUTE_KEYS_1_N : XD_ARRAY_LENGTH(route_keys)))
        return;
    (void)read_vehicle(reading, at, &route->vehicle);
    read_ways(reading, at, route);
    (void)xd_json_get_integer(document, at, "load_start_g", -PLAN_LOAD_MAX, PLAN_LOAD_MAX, &route->load_start[0]);
    (void)xd_json_get_integer(document, at, "load_start_dm3", -PLAN_LOAD_MAX, PLAN_LOAD_MAX, &route->load_start[1]);
    (void)read_cost(reading, at, "fixed_units", "fixed_yuan", &route->fixed_cost);
    (void)read_cost(reading, at, "distance_units", "distance_yuan", &route->length_cost);
    (void)read_cost(reading, at, "duration_units", "duration_yuan", &route->duration_cost);
    struct xd_json_step visits;
    size_t visits_n;
    if (!xd_json_get_array(document, at, "visits", XD_PROBLEM_STOPS_MAX, &visits, &visits_n))
        return;
    route->visits = xd_alloc_zero(visits_n, sizeof *route->visits);
    if (!route->visits) {
        tell_no_memory(reading, visits_n * sizeof *route->visits);
        return;
    }
    route->visits_n = (int32_t)visits_n;
    for (size_t v = 0; v < visits_n; v++) {
        struct xd_json_step visit;
        xd_json_item(&visits, v, &visit);
        (void)read_visit(reading, &visit, route->vehicle, &route->visits[v]);
    }
}

static void read_routes(struct plan_reading *reading, const struct xd_json_step *root)
{
    struct xd_json_step routes;
    size_t routes_n;
    if (!xd_json_get_array(&reading->document, root, "routes", XD_PROBLEM_VEHICLES_MAX, &routes, &routes_n))
        return;
    reading->plan->routes = xd_alloc_zero(routes_n, sizeof *reading->plan->routes);
    if (!reading->plan->routes) {
        tell_no_memory(reading, routes_n * sizeof *reading->plan->routes);
        return;
    }
    reading->plan->routes_n = (int32_t)routes_n;
    for (size_t r = 0; r < routes_n && !reading->no_memory; r++) {
        struct xd_json_step route;
        xd_json_item(&routes, r, &route);
        read_route(reading, &route, &reading->plan->routes[r]);
    }
}

static void read_unserved_item(const struct plan_reading *reading, const struct xd_json_step *at, struct xd_unserved *unserved)
{
    const struct xd_json_document *document = &reading->document;
    const char *reason;
    int64_t price;
    if (!xd_json_is_object(document, at, unserved_keys, XD_ARRAY_LENGTH(unserved_keys)))
        return;
    (void)read_stop(reading, at, &unserved->stop);
    (void)read_cost(reading, at, "price_units", "price_yuan", &price);
    if (!xd_json_get_string(document, at, "reason", &reason))
        return;
    for (int r = 0; r < REASONS_N; r++) {
        if (strcmp(xd_unserved_reason_name((enum xd_unserved_reason)r), reason) == 0) {
            unserved->reason = (enum xd_unserved_reason)r;
            return;
        }
    }
    struct xd_json_step member = {.parent = at, .key = "reason"};
    xd_json_refuse(document, &member, "found \"%.40s\", expected choice, capacity, unreachable, time, feature or fleet", reason);
}

static void read_unserved(struct plan_reading *reading, const struct xd_json_step *root)
{
    struct xd_json_step list;
    size_t list_n;
    if (!xd_json_get_array(&reading->document, root, "unserved", XD_PROBLEM_STOPS_MAX, &list, &list_n))
        return;
    reading->plan->unserved = xd_alloc_zero(list_n, sizeof *reading->plan->unserved);
    if (!reading->plan->unserved) {
        tell_no_memory(reading, list_n * sizeof *reading->plan->unserved);
        return;
    }
    reading->plan->unserved_n = (int32_t)list_n;
    for (size_t u = 0; u < list_n; u++) {
        struct xd_json_step item;
        xd_json_item(&list, u, &item);
        read_unserved_item(reading, &item, &reading->plan->unserved[u]);
    }
}

/* A number, or a text of digits over what JSON numbers hold. */
static void read_seed(const struct plan_reading *reading, const struct xd_json_step *root, uint64_t *seed)
{
    struct xd_json_step member;
    if (!xd_json_member(&reading->document, root, "seed", &member))
        return;
    if (json_is_integer(member.value) && json_integer_value(member.value) >= 0) {
        *seed = (uint64_t)json_integer_value(member.value);
        return;
    }
    uint64_t value = 0;
    const char *text = json_is_string(member.value) ? json_string_value(member.value) : "";
    bool good = text[0] != '\0';
    for (; *text && good; text++)
        good = *text >= '0' && *text <= '9' && !__builtin_mul_overflow(value, UINT64_C(10), &value) &&
               !__builtin_add_overflow(value, (uint64_t)(*text - '0'), &value);
    if (good)
        *seed = value;
    else
        xd_json_refuse(&reading->document, &member, "found no seed, expected a whole number from 0 (over 2^63: as a text of digits)");
}

static void read_root(struct plan_reading *reading)
{
    const struct xd_json_document *document = &reading->document;
    struct xd_json_step root = {.value = document->root};
    struct xd_plan *plan = reading->plan;
    const char *schema;
    if (!json_is_object(document->root) || !json_object_get(document->root, "schema")) {
        xd_json_refuse(document, &root, "found no plan, expected an object with \"schema\": \"%s\"", XD_PLAN_JSON_SCHEMA);
        return;
    }
    if (!xd_json_get_string(document, &root, "schema", &schema) ||
        !xd_json_get_integer(document, &root, "version", INT64_MIN, INT64_MAX, &reading->version))
        return;
    if (strcmp(schema, XD_PLAN_JSON_SCHEMA) != 0) {
        struct xd_json_step member = {.parent = &root, .key = "schema"};
        xd_json_refuse(document, &member, "found \"%.40s\", expected \"%s\"", schema, XD_PLAN_JSON_SCHEMA);
        return;
    }
    if (reading->version < 1 || reading->version > XD_PLAN_JSON_VERSION) {
        struct xd_json_step member = {.parent = &root, .key = "version"};
        xd_json_refuse(document, &member, "found version %lld, expected 1 to %d; this program reads no other", (long long)reading->version,
                       (int)XD_PLAN_JSON_VERSION);
        return;
    }
    (void)xd_json_is_object(document, &root, plan_keys,
                            XD_ARRAY_LENGTH(plan_keys) - (reading->version <= XD_PLAN_JSON_VERSION_ROADS ? CONNECTOR_PLAN_KEYS_N : 0));
    (void)xd_json_get_hash(document, &root, "problem_hash", &plan->problem_hash);
    read_seed(reading, &root, &plan->seed);
    (void)xd_json_get_integer(document, &root, "iterations", 0, INT64_MAX, &plan->iterations);
    (void)expect_integer(document, &root, "cost_units_per_fen", reading->county->problem->cost_scale);
    struct xd_json_step cost;
    if (xd_json_member(document, &root, "cost", &cost) && xd_json_is_object(document, &cost, cost_keys, XD_ARRAY_LENGTH(cost_keys))) {
        (void)read_cost(reading, &cost, "fixed_units", "fixed_yuan", &plan->fixed_cost);
        (void)read_cost(reading, &cost, "distance_units", "distance_yuan", &plan->length_cost);
        (void)read_cost(reading, &cost, "duration_units", "duration_yuan", &plan->duration_cost);
        (void)read_cost(reading, &cost, "unserved_units", "unserved_yuan", &plan->unserved_cost);
        (void)read_cost(reading, &cost, "total_units", "total_yuan", &plan->total_cost);
    }
    read_routes(reading, &root);
    if (!reading->no_memory)
        read_unserved(reading, &root);
}

enum xd_status xd_plan_read_bytes(const char *bytes, size_t n, const char *source, const struct xd_county *county, struct xd_diagnostics *diagnostics,
                                  struct xd_plan **plan)
{
    int32_t errors_before_n = diagnostics->errors_n;
    int32_t left_out_before_n = diagnostics->errors_left_out_n;
    struct plan_reading reading = {.county = county};
    enum xd_status status = xd_json_read(bytes, n, source, diagnostics, &reading.document);
    if (status != XD_OK)
        return status;
    reading.plan = xd_alloc_zero(1, sizeof *reading.plan);
    if (!reading.plan)
        tell_no_memory(&reading, sizeof *reading.plan);
    else if (index_stops(&reading))
        read_root(&reading);
    xd_code_index_free(&reading.codes);
    xd_free(reading.stops);
    xd_json_document_free(&reading.document);
    if (diagnostics->errors_n == errors_before_n && diagnostics->errors_left_out_n == left_out_before_n) {
        *plan = reading.plan;
        return XD_OK;
    }
    xd_plan_free(reading.plan);
    return diagnostics->errors_n > errors_before_n ? diagnostics->errors[errors_before_n].status : XD_NO_MEMORY;
}

enum xd_status xd_plan_read(const char *path, const struct xd_county *county, struct xd_diagnostics *diagnostics, struct xd_plan **plan)
{
    struct xd_buffer text;
    struct xd_error error;
    xd_buffer_init(&text, XD_JSON_FILE_MAX);
    enum xd_status status = xd_input_read_all(path, XD_JSON_FILE_MAX, &text, &error);
    if (status != XD_OK)
        xd_diagnostics_add(diagnostics, &error);
    else
        status = xd_plan_read_bytes(text.bytes ? text.bytes : "", text.length, path, county, diagnostics, plan);
    xd_buffer_free(&text);
    return status;
}
