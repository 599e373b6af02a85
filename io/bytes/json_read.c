#include "io/bytes/json_read.h"

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/number.h"
#include "base/text.h"
#include "io/bytes/libraries.h"
#include "io/bytes/text.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_blanks(const char *bytes, size_t n, size_t at)
{
    while (at < n && is_blank(bytes[at]))
        at++;
    return at;
}

static size_t skip_string(const char *bytes, size_t n, size_t at)
{
    for (at++; at < n && bytes[at] != '"'; at++)
        if (bytes[at] == '\\')
            at++;
    return at < n ? at + 1 : n;
}

/* The text is well-formed: jansson has read it. */
static size_t skip_value(const char *bytes, size_t n, size_t at)
{
    int64_t depth = 0;
    while (at < n) {
        char c = bytes[at];
        if (c == '"') {
            at = skip_string(bytes, n, at);
        } else {
            if (c == '{' || c == '[')
                depth++;
            else if (c == '}' || c == ']')
                depth--;
            if (depth < 0 || (depth == 0 && c == ','))
                return at;
            at++;
            if (depth == 0 && (c == '}' || c == ']'))
                return at;
            continue;
        }
        if (depth == 0)
            return at;
    }
    return n;
}

/* Where the member or item of the container at `at` begins; SIZE_MAX when it is not there. */
static size_t find_child(const char *bytes, size_t n, size_t at, const struct xd_json_step *step)
{
    char closing = step->key ? '}' : ']';
    size_t index = 0;
    for (at = skip_blanks(bytes, n, at + 1); at < n && bytes[at] != closing; index++) {
        size_t key_at = at;
        size_t key_n = 0;
        if (step->key) {
            at = skip_string(bytes, n, at);
            key_n = at - key_at;
            at = skip_blanks(bytes, n, at);
            at = skip_blanks(bytes, n, at + 1); /* the colon */
        }
        bool same = step->key ? key_n == strlen(step->key) + 2 && memcmp(bytes + key_at + 1, step->key, key_n - 2) == 0 : index == step->index;
        if (same)
            return at;
        at = skip_blanks(bytes, n, skip_value(bytes, n, at));
        if (at < n && bytes[at] == ',')
            at = skip_blanks(bytes, n, at + 1);
    }
    return SIZE_MAX;
}

struct xd_location xd_json_at(const struct xd_json_document *document, const struct xd_json_step *at, char field[XD_ERROR_FIELD_MAX])
{
    const struct xd_json_step *steps[XD_JSON_PATH_MAX];
    size_t steps_n = 0;
    for (const struct xd_json_step *step = at; step && step->parent && steps_n < XD_JSON_PATH_MAX; step = step->parent)
        steps[steps_n++] = step;
    size_t offset = skip_blanks(document->bytes, document->n, 0);
    size_t used = 0;
    field[0] = '\0';
    for (size_t s = steps_n; s-- > 0;) {
        size_t child = find_child(document->bytes, document->n, offset, steps[s]);
        if (child == SIZE_MAX)
            break; /* a missing member is told at its object */
        offset = child;
    }
    for (size_t s = steps_n; s-- > 0 && used < XD_ERROR_FIELD_MAX;) {
        int wrote = steps[s]->key ? snprintf(field + used, XD_ERROR_FIELD_MAX - used, "%s%s", used ? "." : "", steps[s]->key)
                                  : snprintf(field + used, XD_ERROR_FIELD_MAX - used, "[%zu]", steps[s]->index);
        used += wrote > 0 ? (size_t)wrote : 0;
    }
    struct xd_text_place place = xd_text_place_of(document->bytes, document->n, offset);
    return xd_at_cell(document->source, place.line, place.column, field);
}

void xd_json_refuse(const struct xd_json_document *document, const struct xd_json_step *at, const char *format, ...)
{
    if (document->diagnostics->errors_n >= XD_DIAGNOSTICS_MAX) { /* the place of what will not be shown is not looked for */
        document->diagnostics->errors_left_out_n++;
        return;
    }
    char field[XD_ERROR_FIELD_MAX];
    struct xd_error error;
    va_list arguments;
    va_start(arguments, format);
    (void)xd_fail_v(&error, XD_DATA, xd_json_at(document, at, field), format, arguments);
    va_end(arguments);
    xd_diagnostics_add(document->diagnostics, &error);
}

void xd_json_warn(const struct xd_json_document *document, const struct xd_json_step *at, const char *format, ...)
{
    if (document->diagnostics->warnings_n >= XD_DIAGNOSTICS_MAX) {
        document->diagnostics->warnings_left_out_n++;
        return;
    }
    char field[XD_ERROR_FIELD_MAX];
    struct xd_error error;
    va_list arguments;
    va_start(arguments, format);
    struct xd_location place = xd_json_at(document, at, field);
    (void)xd_fail_v(&error, XD_OK, place, format, arguments);
    va_end(arguments);
    xd_diagnostics_warn(document->diagnostics, place, "%s", error.message);
}

static enum xd_status refuse_syntax(const struct xd_json_document *document, const json_error_t *problem)
{
    if (xd_libraries_json_memory_failed() || json_error_code(problem) == json_error_out_of_memory) {
        struct xd_error error;
        enum xd_status status = xd_fail_memory(&error, "a JSON file", document->n);
        xd_diagnostics_add(document->diagnostics, &error);
        return status;
    }
    /* jansson's column ends at what it read; its byte position is sure */
    struct xd_text_place place = xd_text_place_of(document->bytes, document->n, problem->position > 0 ? (size_t)problem->position - 1 : 0);
    xd_diagnostics_error(document->diagnostics, XD_DATA, xd_at_line(document->source, place.line, place.column), "is not well-formed JSON: %s",
                         problem->text);
    return XD_DATA;
}

enum xd_status xd_json_read(const char *bytes, size_t n, const char *source, struct xd_diagnostics *diagnostics, struct xd_json_document *document)
{
    struct xd_json_document made = {.root = NULL, .bytes = bytes, .n = n, .source = source, .diagnostics = diagnostics};
    json_error_t problem;
    xd_libraries_init();
    xd_libraries_json_memory_reset();
    made.root = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, &problem);
    if (!made.root)
        return refuse_syntax(&made, &problem);
    if (xd_libraries_json_memory_failed()) { /* jansson 2.14 loses a byte of a token silently when its buffer cannot grow */
        json_decref(made.root);
        return refuse_syntax(&made, &problem);
    }
    *document = made;
    return XD_OK;
}

void xd_json_document_free(struct xd_json_document *document)
{
    json_decref(document->root);
    document->root = NULL;
}

const char *xd_json_type_name(const struct json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return xd_message("an object");
    case JSON_ARRAY:
        return xd_message("an array");
    case JSON_STRING:
        return xd_message("a text");
    case JSON_INTEGER:
        return xd_message("a whole number");
    case JSON_REAL:
        return xd_message("a number with decimals");
    case JSON_TRUE:
    case JSON_FALSE:
        return xd_message("true or false");
    case JSON_NULL:
        return xd_message("null");
    }
    return xd_message("a value");
}

bool xd_json_is_object(const struct xd_json_document *document, const struct xd_json_step *at, const char *const *keys, size_t keys_n)
{
    if (!json_is_object(at->value)) {
        xd_json_refuse(document, at, "found %s, expected an object", xd_json_type_name(at->value));
        return false;
    }
    bool good = true;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)at->value, key, value)
    {
        size_t k = 0;
        while (k < keys_n && strcmp(keys[k], key) != 0)
            k++;
        if (k < keys_n)
            continue;
        struct xd_json_step member = {.parent = at, .key = key, .value = value};
        const char *near = xd_text_suggest(key, keys, keys_n);
        if (near)
            xd_json_refuse(document, &member, "found an unknown key; do you mean \"%s\"?", near);
        else
            xd_json_refuse(document, &member, "found an unknown key, expected those of docs/formats/plan.md");
        good = false;
    }
    return good;
}

bool xd_json_member(const struct xd_json_document *document, const struct xd_json_step *object, const char *key, struct xd_json_step *member)
{
    *member = (struct xd_json_step){.parent = object, .key = key, .value = json_object_get(object->value, key)};
    if (!member->value)
        xd_json_refuse(document, member, "is missing");
    return member->value != NULL;
}

bool xd_json_get_integer(const struct xd_json_document *document, const struct xd_json_step *object, const char *key, int64_t min, int64_t max,
                         int64_t *value)
{
    struct xd_json_step member;
    if (!xd_json_member(document, object, key, &member))
        return false;
    if (!json_is_integer(member.value)) {
        xd_json_refuse(document, &member, "found %s, expected a whole number", xd_json_type_name(member.value));
        return false;
    }
    json_int_t found = json_integer_value(member.value);
    if (found < min || found > max) {
        xd_json_refuse(document, &member, "found %lld, expected a number from %lld to %lld", (long long)found, (long long)min, (long long)max);
        return false;
    }
    *value = found;
    return true;
}

bool xd_json_get_bool(const struct xd_json_document *document, const struct xd_json_step *object, const char *key, bool *value)
{
    struct xd_json_step member;
    if (!xd_json_member(document, object, key, &member))
        return false;
    if (!json_is_boolean(member.value)) {
        xd_json_refuse(document, &member, "found %s, expected true or false", xd_json_type_name(member.value));
        return false;
    }
    *value = json_is_true(member.value);
    return true;
}

bool xd_json_get_string(const struct xd_json_document *document, const struct xd_json_step *object, const char *key, const char **value)
{
    struct xd_json_step member;
    if (!xd_json_member(document, object, key, &member))
        return false;
    if (!json_is_string(member.value)) {
        xd_json_refuse(document, &member, "found %s, expected a text", xd_json_type_name(member.value));
        return false;
    }
    *value = json_string_value(member.value);
    return true;
}

bool xd_json_get_hash(const struct xd_json_document *document, const struct xd_json_step *object, const char *key, uint64_t *value)
{
    const char *text;
    if (!xd_json_get_string(document, object, key, &text))
        return false;
    uint64_t parsed = 0;
    bool good = strlen(text) == 16;
    for (size_t i = 0; good && i < 16; i++) {
        char c = text[i];
        good = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        parsed = parsed << 4 | (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    struct xd_json_step member = {.parent = object, .key = key};
    if (good)
        *value = parsed;
    else
        xd_json_refuse(document, &member, "found \"%.40s\", expected 16 hexadecimal digits (0-9, a-f)", text);
    return good;
}

bool xd_json_get_array(const struct xd_json_document *document, const struct xd_json_step *object, const char *key, size_t items_max,
                       struct xd_json_step *array, size_t *items_n)
{
    if (!xd_json_member(document, object, key, array))
        return false;
    if (!json_is_array(array->value)) {
        xd_json_refuse(document, array, "found %s, expected an array", xd_json_type_name(array->value));
        return false;
    }
    size_t n = json_array_size(array->value);
    if (n > items_max) {
        xd_json_refuse(document, array, "found %zu items, the limit is %zu", n, items_max);
        return false;
    }
    *items_n = n;
    return true;
}

void xd_json_item(const struct xd_json_step *array, size_t index, struct xd_json_step *item)
{
    *item = (struct xd_json_step){.parent = array, .key = NULL, .index = index, .value = json_array_get(array->value, index)};
}
