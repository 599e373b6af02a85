#include "io/bytes/yaml.h"

#include "base/text.h"
#include "io/bytes/csv.h"

#include <stdio.h>
#include <string.h>

enum { LIST_MAX = 400 };

struct xd_location xd_yaml_at(const struct xd_yaml *yaml, const struct xd_yaml_node *node)
{
    return xd_at_cell(yaml->source, node->line, node->column, node->key);
}

static const char *kind_name(enum xd_yaml_kind kind)
{
    switch (kind) {
    case XD_YAML_SCALAR:
        return xd_message("a single value");
    case XD_YAML_SEQUENCE:
        return xd_message("a list");
    case XD_YAML_MAPPING:
        return xd_message("a mapping (key: value)");
    case XD_YAML_ONE_OR_MORE:
        return xd_message("a single value or a list of them");
    }
    return xd_message("a value");
}

static void refuse_key(const struct xd_yaml *yaml, const struct xd_yaml_node *node, const char *what, const struct xd_yaml_key *keys, size_t keys_n,
                       struct xd_diagnostics *diagnostics)
{
    const char *words[XD_YAML_KEYS_MAX];
    size_t words_n = 0;
    for (size_t k = 0; k < keys_n && words_n < XD_YAML_KEYS_MAX; k++)
        words[words_n++] = keys[k].key;
    const char *near = xd_text_suggest(node->key, words, words_n);
    struct xd_location at = xd_at_line(yaml->source, node->key_line, node->key_column);
    if (near)
        xd_diagnostics_error(diagnostics, XD_CONFIG, at, "found the unknown key \"%.60s\" in %s; do you mean \"%s\"?", node->key, xd_message(what),
                             near);
    else
        xd_diagnostics_error(diagnostics, XD_CONFIG, at,
                             "found the unknown key \"%.60s\" in %s; remove it, or see docs/formats/scenario.md for the keys", node->key,
                             xd_message(what));
}

static bool is_of_kind(const struct xd_yaml_node *node, enum xd_yaml_kind kind)
{
    return node->kind == kind || (kind == XD_YAML_ONE_OR_MORE && node->kind != XD_YAML_MAPPING);
}

/* False without a word for an empty mapping. */
static bool take_value(const struct xd_yaml *yaml, const struct xd_yaml_node *node, enum xd_yaml_kind kind, struct xd_diagnostics *diagnostics)
{
    bool empty =
        node->kind == XD_YAML_SCALAR && !node->quoted && (node->text[0] == '\0' || strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0);
    if (empty && kind == XD_YAML_MAPPING)
        return false; /* a mapping whose keys are all comments: nothing is given */
    if (empty)
        xd_diagnostics_error(diagnostics, XD_CONFIG, xd_yaml_at(yaml, node), "has no value, expected %s; fill it or remove the key", kind_name(kind));
    else if (!is_of_kind(node, kind))
        xd_diagnostics_error(diagnostics, XD_CONFIG, xd_yaml_at(yaml, node), "found %s, expected %s", kind_name(node->kind), kind_name(kind));
    return !empty && is_of_kind(node, kind);
}

bool xd_yaml_match(const struct xd_yaml *yaml, const struct xd_yaml_node *mapping, const char *what, const struct xd_yaml_key *keys, size_t keys_n,
                   const struct xd_yaml_node **found, struct xd_diagnostics *diagnostics)
{
    for (size_t k = 0; k < keys_n; k++)
        found[k] = NULL;
    if (mapping->kind != XD_YAML_MAPPING) {
        xd_diagnostics_error(diagnostics, XD_CONFIG, xd_yaml_at(yaml, mapping), "found %s, expected %s with a mapping (key: value)",
                             kind_name(mapping->kind), xd_message(what));
        return false;
    }
    bool good = true;
    bool seen[XD_YAML_KEYS_MAX] = {false};
    for (const struct xd_yaml_node *node = mapping->first; node; node = node->next) {
        size_t k = 0;
        while (k < keys_n && strcmp(keys[k].key, node->key) != 0)
            k++;
        if (k == keys_n) {
            refuse_key(yaml, node, what, keys, keys_n, diagnostics);
            good = false;
            continue;
        }
        seen[k] = true;
        int32_t errors_before_n = diagnostics->errors_n + diagnostics->errors_left_out_n;
        if (take_value(yaml, node, keys[k].kind, diagnostics))
            found[k] = node;
        good = good && diagnostics->errors_n + diagnostics->errors_left_out_n == errors_before_n;
    }
    char missing[LIST_MAX] = "";
    size_t used = 0;
    for (size_t k = 0; k < keys_n; k++) {
        if (!keys[k].required || seen[k])
            continue;
        int wrote = used < sizeof missing ? snprintf(missing + used, sizeof missing - used, "%s%s", used ? ", " : "", keys[k].key) : 0;
        used += wrote > 0 ? (size_t)wrote : 0;
    }
    if (used > 0) {
        xd_diagnostics_error(diagnostics, XD_CONFIG, xd_at_line(yaml->source, mapping->line, mapping->column), "%s misses the key(s) %s; add them",
                             xd_message(what), missing);
        good = false;
    }
    return good;
}

bool xd_yaml_choice(const struct xd_yaml *yaml, const struct xd_yaml_node *node, const char *const *choices, size_t choices_n, int *choice,
                    struct xd_diagnostics *diagnostics)
{
    if (!node)
        return true;
    char expected[LIST_MAX] = "";
    size_t used = 0;
    for (size_t i = 0; i < choices_n; i++) {
        if (xd_names_hold(choices[i], node->text)) {
            *choice = (int)i;
            return true;
        }
        int wrote = used < sizeof expected
                        ? snprintf(expected + used, sizeof expected - used, "%s%.*s", used ? ", " : "", (int)strcspn(choices[i], "|"), choices[i])
                        : 0;
        used += wrote > 0 ? (size_t)wrote : 0;
    }
    xd_diagnostics_error(diagnostics, XD_CONFIG, xd_yaml_at(yaml, node), "found \"%.40s\", expected one of %s", node->text, expected);
    return false;
}

bool xd_yaml_bool(const struct xd_yaml *yaml, const struct xd_yaml_node *node, bool *value, struct xd_diagnostics *diagnostics)
{
    static const char *const choices[] = {"no|false|否", "yes|true|是"};
    int choice = *value;
    if (!xd_yaml_choice(yaml, node, choices, XD_ARRAY_LENGTH(choices), &choice, diagnostics))
        return false;
    *value = choice == 1;
    return true;
}
