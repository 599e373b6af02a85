#include "app/options.h"

#include "app/messages.h"
#include "base/number.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTIONS_MAX = 64 };

static bool chinese;

bool xd_language_is_chinese(void)
{
    return chinese;
}

enum xd_status xd_language_set(const char *name, struct xd_error *error)
{
    if (!name) {
        static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
        for (size_t i = 0; !name && i < XD_ARRAY_LENGTH(variables); i++) {
            const char *value = getenv(variables[i]);
            name = value && *value ? (strncmp(value, "zh", 2) == 0 ? "zh" : "en") : NULL;
        }
        name = name ? name : "en";
    }
    if (strcmp(name, "zh") != 0 && strcmp(name, "en") != 0)
        return xd_fail(error, XD_USAGE, xd_at_none(), "--lang is \"%s\"; expected zh or en", name);
    chinese = strcmp(name, "zh") == 0;
    xd_message_catalogue_set(chinese ? xd_message_zh : NULL);
    return XD_OK;
}

static const char *text_of(const char *english, const char *translated)
{
    return chinese && translated ? translated : english;
}

static const char exit_codes[] =
    "0 good; 1 ran, but no feasible plan, no way or a violation found; 64 usage; 65 data; 66 no input; 70 internal;\n"
    "  71 out of memory; 73 cannot create; 74 I/O; 75 try again; 78 configuration; 130 interrupted (plan: the best so far is saved)";
static const char exit_codes_zh[] = "0 正常;1 已运行,但无可行方案、不可达或有违规;64 用法;65 数据;66 缺少输入;70 内部错误;\n"
                                    "  71 内存不足;73 无法创建;74 读写;75 稍后再试;78 情景配置;130 被中断(plan 已保存当前最好方案)";

static void print_help(const struct xd_command *command, const struct xd_option *options)
{
    printf("%s: xiangdao %s", text_of("Usage", "用法"), command->name);
    for (const struct xd_option *o = options; o->kind != XD_OPTION_END; o++)
        if (o->kind == XD_OPTION_POSITION)
            printf(o->min ? " %s" : " [%s]", o->name);
    printf(" [%s]\n\n%s\n\n", text_of("OPTIONS", "选项"), text_of(command->help, command->help_zh));
    for (const struct xd_option *o = options; o->kind != XD_OPTION_END; o++) {
        char left[64];
        if (o->kind == XD_OPTION_POSITION)
            snprintf(left, sizeof left, "%s", o->name);
        else
            snprintf(left, sizeof left, "%s%s%s%s%s", o->brief ? o->brief : "", o->brief ? ", " : "", o->name, o->value ? " " : "",
                     o->value ? o->value : "");
        printf("  %-24s %s\n", left, text_of(o->help, o->help_zh));
    }
    printf("  %-24s %s\n", "--lang zh|en", text_of("language of messages and reports (default: the environment's)", "提示与报告的语言(默认随系统)"));
    printf("  %-24s %s\n", "--help", text_of("this text", "显示本说明"));
    printf("\n%s:\n  %s\n", text_of("Exit codes", "退出码"), text_of(exit_codes, exit_codes_zh));
    if (command->examples)
        printf("\n%s:\n%s\n", text_of("Examples", "示例"), command->examples);
}

static const struct xd_option *find(const struct xd_option *options, const char *name, size_t n)
{
    for (const struct xd_option *o = options; o->kind != XD_OPTION_END; o++)
        if (o->kind != XD_OPTION_POSITION &&
            ((strlen(o->name) == n && strncmp(o->name, name, n) == 0) || (o->brief && strlen(o->brief) == n && strncmp(o->brief, name, n) == 0)))
            return o;
    return NULL;
}

static enum xd_status unknown(const struct xd_command *command, const struct xd_option *options, const char *name, struct xd_error *error)
{
    const char *known[OPTIONS_MAX];
    size_t known_n = 0;
    for (const struct xd_option *o = options; o->kind != XD_OPTION_END && known_n + 2 < OPTIONS_MAX; o++)
        if (o->kind != XD_OPTION_POSITION)
            known[known_n++] = o->name;
    known[known_n++] = "--lang";
    known[known_n++] = "--help";
    const char *near = xd_text_suggest(name, known, known_n);
    if (near)
        return xd_fail(error, XD_USAGE, xd_at_none(), "unknown option %s; did you mean %s?", name, near);
    return xd_fail(error, XD_USAGE, xd_at_none(), "unknown option %s; see xiangdao %s --help", name, command->name);
}

static enum xd_status set_value(const struct xd_option *option, const char *value, struct xd_error *error)
{
    int64_t integer = 0;
    double seconds = 0.0;
    enum xd_number_result result = XD_NUMBER_OK;
    switch (option->kind) {
    case XD_OPTION_TEXT:
        if (!*value)
            return xd_fail(error, XD_USAGE, xd_at_none(), "option %s is empty; expected %s", option->name, option->value);
        *(const char **)option->target = value;
        return XD_OK;
    case XD_OPTION_INTEGER:
        result = xd_parse_int64(value, strlen(value), option->min, option->max, &integer);
        if (result == XD_NUMBER_OK)
            *(int64_t *)option->target = integer;
        break;
    case XD_OPTION_SECONDS:
        result = xd_parse_double(value, strlen(value), (double)option->min, (double)option->max, &seconds);
        if (result == XD_NUMBER_OK && seconds <= 0)
            return xd_fail(error, XD_USAGE, xd_at_none(), "%s \"%s\" gives no time; expected more than 0 seconds", option->name, value);
        if (result == XD_NUMBER_OK)
            *(double *)option->target = seconds;
        break;
    default:
        return xd_fail(error, XD_INTERNAL, xd_at_none(), "option %s takes no value", option->name);
    }
    if (result != XD_NUMBER_OK && option->min == option->max)
        return xd_fail(error, XD_USAGE, xd_at_none(), "%s \"%s\" is not supported; expected %lld", option->name, value, (long long)option->min);
    if (result != XD_NUMBER_OK)
        return xd_fail(error, XD_USAGE, xd_at_none(), "%s \"%s\" %s; expected a number from %lld to %lld", option->name, value,
                       xd_message(xd_number_problem(result)), (long long)option->min, (long long)option->max);
    return XD_OK;
}

static enum xd_status take_position(const struct xd_command *command, const struct xd_option *options, int32_t number, const char *value,
                                    struct xd_error *error)
{
    for (const struct xd_option *o = options; o->kind != XD_OPTION_END; o++)
        if (o->kind == XD_OPTION_POSITION && number-- == 0) {
            if (!*value)
                return xd_fail(error, XD_USAGE, xd_at_none(), "%s is empty; see xiangdao %s --help", o->name, command->name);
            *(const char **)o->target = value;
            return XD_OK;
        }
    return xd_fail(error, XD_USAGE, xd_at_none(), "one argument too many: \"%s\"; see xiangdao %s --help", value, command->name);
}

/* One option with its value, "--name value" or "--name=value"; *at moves past a separate value. */
static enum xd_status take_option(const struct xd_command *command, const struct xd_option *options, int argc, char **argv, int *at,
                                  const char **language, struct xd_error *error)
{
    const char *text = argv[*at];
    const char *equals = strncmp(text, "--", 2) == 0 ? strchr(text, '=') : NULL;
    const size_t length = equals ? (size_t)(equals - text) : strlen(text);
    const bool is_language = length == 6 && strncmp(text, "--lang", 6) == 0;
    const struct xd_option *option = is_language ? NULL : find(options, text, length);
    if (!option && !is_language)
        return unknown(command, options, text, error);
    if (option && option->kind == XD_OPTION_FLAG) {
        if (equals)
            return xd_fail(error, XD_USAGE, xd_at_none(), "option %s takes no value", option->name);
        *(bool *)option->target = true;
        return XD_OK;
    }
    if (!equals && *at + 1 >= argc)
        return xd_fail(error, XD_USAGE, xd_at_none(), "option %s needs a value (%s)", text, is_language ? "zh|en" : option->value);
    const char *value = equals ? equals + 1 : argv[++*at];
    if (is_language) {
        *language = value;
        return xd_language_set(value, error);
    }
    return set_value(option, value, error);
}

enum xd_status xd_options_parse(const struct xd_command *command, const struct xd_option *options, int argc, char **argv, bool *asked_help,
                                struct xd_error *error)
{
    const char *language = NULL;
    int32_t positions_n = 0;
    bool only_positions = false;
    *asked_help = false;
    for (int i = 0; i < argc; i++) { /* the language first, so that every message is in it */
        if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            language = argv[i + 1];
        else if (strncmp(argv[i], "--lang=", 7) == 0)
            language = argv[i] + 7;
    }
    enum xd_status status = xd_language_set(language, error);
    for (int i = 0; status == XD_OK && i < argc; i++) {
        if (!only_positions && (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)) {
            print_help(command, options);
            *asked_help = true;
            return XD_OK;
        }
        if (!only_positions && strcmp(argv[i], "--") == 0)
            only_positions = true;
        else if (!only_positions && argv[i][0] == '-' && argv[i][1] != '\0')
            status = take_option(command, options, argc, argv, &i, &language, error);
        else
            status = take_position(command, options, positions_n++, argv[i], error);
    }
    for (const struct xd_option *o = options; status == XD_OK && o->kind != XD_OPTION_END; o++)
        if (o->kind == XD_OPTION_POSITION && positions_n-- <= 0 && o->min)
            status = xd_fail(error, XD_USAGE, xd_at_none(), "%s is missing; see xiangdao %s --help", o->name, command->name);
    return status;
}

int xd_exit_with(const struct xd_error *error)
{
    char text[XD_ERROR_SOURCE_MAX + XD_ERROR_FIELD_MAX + XD_ERROR_MESSAGE_MAX + 64];
    xd_error_format(error, text, sizeof text);
    fprintf(stderr, "xiangdao: %s\n", text);
    return (int)error->status;
}
