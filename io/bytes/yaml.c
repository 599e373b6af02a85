#include "io/bytes/yaml.h"

#include "base/text.h"
#include "io/bytes/text.h"

#include <stdio.h>
#include <string.h>
#include <yaml.h>

/* A collection that is being read. */
struct yaml_level {
    struct xd_yaml_node *node;
    struct xd_yaml_node *last; /* its last child so far */
    const char *key;           /* read, its value not yet */
    int64_t key_line, key_column;
    int keys_n;
};

struct yaml_build {
    struct xd_yaml *yaml;
    yaml_parser_t parser;
    struct yaml_level levels[XD_YAML_DEPTH_MAX];
    int depth;
    int nodes_n;
    int documents_n;
    bool done;
    const char *bytes;
    size_t bytes_n;
    struct xd_diagnostics *diagnostics;
    enum xd_status status; /* what ends the reading at once */
};

static struct xd_location at_mark(const struct yaml_build *build, yaml_mark_t mark)
{
    return xd_at_line(build->yaml->source, (int64_t)mark.line + 1, (int64_t)mark.column + 1);
}

#define REFUSE(build, mark, ...)                                                                                                                     \
    (xd_diagnostics_error((build)->diagnostics, XD_CONFIG, at_mark(build, mark), __VA_ARGS__), (build)->status = XD_CONFIG)

static void no_memory(struct yaml_build *build, size_t bytes)
{
    struct xd_error error;
    build->status = xd_fail_memory(&error, "a YAML file", bytes);
    xd_diagnostics_add(build->diagnostics, &error);
}

/* Puts a node where the tree stands; NULL after an error. */
static struct xd_yaml_node *add_node(struct yaml_build *build, enum xd_yaml_kind kind, yaml_mark_t mark)
{
    if (++build->nodes_n > XD_YAML_NODES_MAX) {
        REFUSE(build, mark, "found more than %d values, expected a short scenario file; put tables into CSV files", (int)XD_YAML_NODES_MAX);
        return NULL;
    }
    struct xd_yaml_node *node = xd_arena_alloc_zero(&build->yaml->arena, 1, sizeof *node);
    if (!node) {
        no_memory(build, sizeof *node);
        return NULL;
    }
    node->kind = kind;
    node->line = (int64_t)mark.line + 1;
    node->column = (int64_t)mark.column + 1;
    if (build->depth == 0) {
        build->yaml->root = node;
        return node;
    }
    struct yaml_level *level = &build->levels[build->depth - 1];
    if (level->node->kind == XD_YAML_MAPPING) {
        node->key = level->key;
        node->key_line = level->key_line;
        node->key_column = level->key_column;
        level->key = NULL;
    }
    if (level->last)
        level->last->next = node;
    else
        level->node->first = node;
    level->last = node;
    return node;
}

static bool expects_key(const struct yaml_build *build)
{
    return build->depth > 0 && build->levels[build->depth - 1].node->kind == XD_YAML_MAPPING && !build->levels[build->depth - 1].key;
}

static void read_key(struct yaml_build *build, const char *text, yaml_mark_t mark)
{
    struct yaml_level *level = &build->levels[build->depth - 1];
    if (strcmp(text, "<<") == 0) {
        REFUSE(build, mark, "found a merge key <<, expected a plain key; write the values out");
        return;
    }
    if (++level->keys_n > XD_YAML_KEYS_MAX) {
        REFUSE(build, mark, "found more than %d keys in one mapping; remove keys that are not used", (int)XD_YAML_KEYS_MAX);
        return;
    }
    for (const struct xd_yaml_node *other = level->node->first; other; other = other->next) {
        if (strcmp(other->key, text) != 0)
            continue;
        xd_diagnostics_error(build->diagnostics, XD_CONFIG, at_mark(build, mark),
                             "found the key \"%.60s\" again, expected it once (it is in line %lld already); remove one", text,
                             (long long)other->key_line);
        break;
    }
    level->key = text;
    level->key_line = (int64_t)mark.line + 1;
    level->key_column = (int64_t)mark.column + 1;
}

static void read_scalar(struct yaml_build *build, const yaml_event_t *event)
{
    const char *value = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    if (length > XD_YAML_SCALAR_MAX) {
        REFUSE(build, event->start_mark, "found a value of %zu bytes, the limit is %d; shorten it", length, (int)XD_YAML_SCALAR_MAX);
        return;
    }
    if (memchr(value, '\0', length)) {
        REFUSE(build, event->start_mark, "found a NUL character in a value, expected text");
        return;
    }
    const char *text = xd_arena_string(&build->yaml->arena, value, length);
    if (!text) {
        no_memory(build, length + 1);
        return;
    }
    if (expects_key(build)) {
        read_key(build, text, event->start_mark);
        return;
    }
    struct xd_yaml_node *node = add_node(build, XD_YAML_SCALAR, event->start_mark);
    if (!node)
        return;
    node->text = text;
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
}

static void open_collection(struct yaml_build *build, enum xd_yaml_kind kind, yaml_mark_t mark)
{
    if (expects_key(build)) {
        REFUSE(build, mark, "found a mapping or list as a key, expected a plain word");
        return;
    }
    if (build->depth == XD_YAML_DEPTH_MAX) {
        REFUSE(build, mark, "found values nested deeper than %d levels, expected a flat scenario file", (int)XD_YAML_DEPTH_MAX);
        return;
    }
    struct xd_yaml_node *node = add_node(build, kind, mark);
    if (node)
        build->levels[build->depth++] = (struct yaml_level){.node = node};
}

/* Whatever makes a file mean more than it says. */
static bool has_magic(struct yaml_build *build, const yaml_event_t *event)
{
    const yaml_char_t *anchor = NULL;
    const yaml_char_t *tag = NULL;
    if (event->type == YAML_ALIAS_EVENT)
        anchor = event->data.alias.anchor;
    if (event->type == YAML_SCALAR_EVENT) {
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
    }
    if (anchor)
        REFUSE(build, event->start_mark,
               "found the anchor or alias \"%.40s\", expected plain values; write the value out (a text that begins with & or * needs quotes)",
               (const char *)anchor);
    else if (tag)
        REFUSE(build, event->start_mark, "found the tag \"%.40s\", expected plain values; remove it (a text that begins with ! needs quotes)",
               (const char *)tag);
    return anchor || tag;
}

static void take_event(struct yaml_build *build, const yaml_event_t *event)
{
    if (has_magic(build, event))
        return;
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (++build->documents_n > 1)
            REFUSE(build, event->start_mark, "found a second document, expected one; remove what follows ---");
        break;
    case YAML_SCALAR_EVENT:
        read_scalar(build, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        open_collection(build, XD_YAML_SEQUENCE, event->start_mark);
        break;
    case YAML_MAPPING_START_EVENT:
        open_collection(build, XD_YAML_MAPPING, event->start_mark);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        build->depth--;
        break;
    case YAML_STREAM_END_EVENT:
        build->done = true;
        break;
    default:
        break;
    }
}

static void refuse_syntax(struct yaml_build *build)
{
    const yaml_parser_t *parser = &build->parser;
    if (parser->error == YAML_MEMORY_ERROR) {
        no_memory(build, build->bytes_n);
        return;
    }
    const char *problem = parser->problem ? parser->problem : "it cannot be read";
    const char *context = parser->context ? parser->context : "";
    struct xd_location at = at_mark(build, parser->problem_mark);
    if (parser->error == YAML_READER_ERROR) { /* has an offset alone */
        struct xd_text_place place = xd_text_place_of(build->bytes, build->bytes_n, parser->problem_offset);
        at = xd_at_line(build->yaml->source, place.line, place.column);
    }
    xd_diagnostics_error(build->diagnostics, XD_CONFIG, at, "is not well-formed YAML: %s%s%s; look at the indentation, colons and quotes near here",
                         context, *context ? ", " : "", problem);
    build->status = XD_CONFIG;
}

void xd_yaml_free(struct xd_yaml *yaml)
{
    if (!yaml)
        return;
    xd_arena_free(&yaml->arena);
    xd_free(yaml);
}

enum xd_status xd_yaml_read(const char *bytes, size_t n, const char *source, struct xd_diagnostics *diagnostics, struct xd_yaml **yaml)
{
    int32_t errors_before_n = diagnostics->errors_n + diagnostics->errors_left_out_n;
    struct yaml_build build = {.bytes = bytes, .bytes_n = n, .diagnostics = diagnostics, .status = XD_OK};
    build.yaml = xd_alloc_zero(1, sizeof *build.yaml);
    if (!build.yaml) {
        no_memory(&build, sizeof *build.yaml);
        return build.status;
    }
    build.yaml->source = source;
    xd_arena_init(&build.yaml->arena);
    if (n > XD_YAML_FILE_MAX) {
        xd_diagnostics_error(diagnostics, XD_CONFIG, xd_at_file(source), "found %zu bytes, the limit is %d; put tables into CSV files", n,
                             (int)XD_YAML_FILE_MAX);
        build.status = XD_CONFIG;
    } else if (!yaml_parser_initialize(&build.parser)) {
        no_memory(&build, sizeof build.parser);
    } else {
        yaml_parser_set_encoding(&build.parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&build.parser, (const unsigned char *)bytes, n);
        while (!build.done && build.status == XD_OK) {
            yaml_event_t event;
            if (!yaml_parser_parse(&build.parser, &event)) {
                refuse_syntax(&build);
                break;
            }
            take_event(&build, &event);
            yaml_event_delete(&event);
        }
        yaml_parser_delete(&build.parser);
    }
    if (build.status == XD_OK && !build.yaml->root) {
        xd_diagnostics_error(diagnostics, XD_CONFIG, xd_at_line(source, 1, 1), "found an empty file, expected the keys of a scenario");
        build.status = XD_CONFIG;
    }
    if (build.status == XD_OK && diagnostics->errors_n + diagnostics->errors_left_out_n > errors_before_n)
        build.status = XD_CONFIG;
    if (build.status == XD_OK)
        *yaml = build.yaml;
    else
        xd_yaml_free(build.yaml);
    return build.status;
}
