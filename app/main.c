#include "app/commands.h"
#include "app/interrupt.h"
#include "app/options.h"
#include "base/text.h"
#include "io/bytes/libraries.h"

#include <stdio.h>
#include <string.h>

#define XD_VERSION "0.1.0"

/* Order of the help. Two-word names before their first word alone. */
static const struct xd_command commands[] = {
    {"plan", xd_app_plan, "plan a county: which village is served how, by whom, when", "规划一个县:哪个村由哪辆车、何时服务", NULL},
    {"check", xd_app_check, "verify a plan independently; every violation with amounts", "独立核验方案,列出每一处违规", NULL},
    {"init", xd_app_init, "write a complete, commented scenario from nothing but a map", "只凭一张地图生成可编辑的完整情景", NULL},
    {"network check", xd_app_network_check, "what a map holds, drops, and cannot reach", "检查地图:有什么、舍弃了什么、哪里到不了", NULL},
    {"network route", xd_app_network_route, "the fastest way between two positions", "两点间最快路线", NULL},
    {"network matrix", xd_app_network_matrix, "travel times and distances between points", "多点间时间与距离表", NULL},
    {"solve", xd_app_solve, "solve a standard benchmark instance (CVRPLIB, Solomon)", "求解标准算例(CVRPLIB、Solomon)", NULL},
    {"synth", xd_app_synth, "make a synthetic mountain county", "生成一个虚构的山区县", NULL},
};

static int print_usage(FILE *file)
{
    const bool zh = xd_language_is_chinese();
    fprintf(file,
            zh ? "向导 Xiangdao %s:县乡村三级物流规划\n\n用法: xiangdao 命令 [参数]\n\n"
               : "Xiangdao %s: plans county, township and village logistics\n\nUsage: xiangdao COMMAND [ARGUMENTS]\n\n",
            XD_VERSION);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(commands); i++)
        fprintf(file, "  %-16s %s\n", commands[i].name, zh ? commands[i].help_zh : commands[i].help);
    fputs(zh ? "\n各命令的选项与示例: xiangdao 命令 --help\n" : "\nOptions and examples of a command: xiangdao COMMAND --help\n", file);
    return file == stdout ? 0 : XD_USAGE;
}

/* The commands of two words whose first is asked for; 0 where there are none. */
static int print_group(const char *word)
{
    const bool zh = xd_language_is_chinese();
    int n = 0;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(commands); i++) {
        const size_t length = strlen(word);
        if (strncmp(commands[i].name, word, length) != 0 || commands[i].name[length] != ' ')
            continue;
        if (n++ == 0)
            printf(zh ? "用法: xiangdao %s 命令 [参数]\n\n" : "Usage: xiangdao %s COMMAND [ARGUMENTS]\n\n", word);
        printf("  %-16s %s\n", commands[i].name, zh ? commands[i].help_zh : commands[i].help);
    }
    if (n > 0)
        fputs(zh ? "\n各命令的选项与示例: xiangdao 命令 --help\n" : "\nOptions and examples of a command: xiangdao COMMAND --help\n", stdout);
    return n;
}

static bool asks_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0;
}

/* network --help, help network, with --lang behind. False where it is another command. */
static bool helped_with_group(int argc, char **argv, int *code)
{
    struct xd_error error = {0};
    if (argc < 2 || (!asks_help(argv[0]) && !asks_help(argv[1])))
        return false;
    const char *const language = argc > 3 && strcmp(argv[2], "--lang") == 0 ? argv[3] : NULL;
    if (xd_language_set(language, &error) != XD_OK) {
        *code = xd_exit_with(&error);
        return true;
    }
    *code = 0;
    return print_group(asks_help(argv[0]) ? argv[1] : argv[0]) > 0;
}

/* Words of the command name that argv begins with; 0 = it is another command. */
static int matched_words(const char *name, int argc, char **argv)
{
    const char *blank = strchr(name, ' ');
    const size_t first_n = blank ? (size_t)(blank - name) : strlen(name);
    if (argc < 1 || strlen(argv[0]) != first_n || strncmp(argv[0], name, first_n) != 0)
        return 0;
    if (!blank)
        return 1;
    return argc > 1 && strcmp(argv[1], blank + 1) == 0 ? 2 : 0;
}

static int unknown_command(int argc, char **argv)
{
    const char *known[XD_ARRAY_LENGTH(commands)];
    char asked[128];
    struct xd_error error = {0};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(commands); i++)
        known[i] = commands[i].name;
    if (strcmp(argv[0], "network") == 0 && argc == 1) {
        xd_fail(&error, XD_USAGE, xd_at_none(), "network needs a word more: network check, network route or network matrix");
        return xd_exit_with(&error);
    }
    if (strcmp(argv[0], "network") == 0 && argc > 1)
        snprintf(asked, sizeof asked, "network %s", argv[1]);
    else
        snprintf(asked, sizeof asked, "%s", argv[0]);
    const char *near = xd_text_suggest(asked, known, XD_ARRAY_LENGTH(commands));
    if (near)
        xd_fail(&error, XD_USAGE, xd_at_none(), "unknown command \"%s\"; did you mean %s?", asked, near);
    else
        xd_fail(&error, XD_USAGE, xd_at_none(), "unknown command \"%s\"; xiangdao --help lists all", asked);
    return xd_exit_with(&error);
}

/* A result that standard output did not take (a full disk behind a pipe) is no success. */
static int end_output(int code)
{
    struct xd_error error = {0};
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    xd_fail(&error, XD_IO, xd_at_none(), "standard output could not be written in full");
    const int failed = xd_exit_with(&error);
    return code == 0 ? failed : code;
}

int main(int argc, char **argv)
{
    struct xd_error error = {0};
    if (xd_language_set(NULL, &error) != XD_OK)
        return xd_exit_with(&error);
    xd_libraries_init();
    xd_interrupt_install();
    if (argc < 2)
        return print_usage(stderr);
    int code = 0;
    if (helped_with_group(argc - 1, argv + 1, &code))
        return end_output(code);
    if (asks_help(argv[1]))
        return print_usage(stdout);
    if (strcmp(argv[1], "--version") == 0)
        return puts("xiangdao " XD_VERSION) < 0 ? XD_IO : 0;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(commands); i++) {
        const int words = matched_words(commands[i].name, argc - 1, argv + 1);
        if (words > 0)
            return end_output(commands[i].run(argc - 1 - words, argv + 1 + words));
    }
    return unknown_command(argc - 1, argv + 1);
}
