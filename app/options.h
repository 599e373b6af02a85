/* Command lines: a table of options a subcommand, --help made from it, strict values, suggestions for slips of the pen. */
#ifndef XD_APP_OPTIONS_H
#define XD_APP_OPTIONS_H

#include "base/error.h"

#include <stddef.h>

enum xd_option_kind {
    XD_OPTION_FLAG,     /* bool: --json */
    XD_OPTION_TEXT,     /* const char *: -o DIR */
    XD_OPTION_INTEGER,  /* int64_t within min..max: --seed N */
    XD_OPTION_SECONDS,  /* double within min..max: --time S */
    XD_OPTION_POSITION, /* const char *: an argument without a name, in the order of the table */
    XD_OPTION_END
};

struct xd_option {
    enum xd_option_kind kind;
    const char *name;  /* "--seed"; for positions what help calls it: "SCENARIO" */
    const char *brief; /* "-o" or NULL */
    const char *value; /* what help calls the value: "N"; NULL for flags */
    void *target;
    int64_t min, max; /* INTEGER, SECONDS; POSITION: min 1 = required */
    const char *help, *help_zh;
};

struct xd_command {
    const char *name;                  /* "plan", "network check" */
    int (*run)(int argc, char **argv); /* argv[0] is the first argument behind the name; returns the exit code */
    const char *help, *help_zh;        /* one line */
    const char *examples;              /* for --help, one a line */
};

/* Fills the targets. *asked_help: --help was given (and printed to standard output). Errors: XD_USAGE with what to do. */
XD_MUST_CHECK enum xd_status xd_options_parse(const struct xd_command *command, const struct xd_option *options, int argc, char **argv,
                                              bool *asked_help, struct xd_error *error);

/* Language of messages: --lang or the environment's LC_ALL, LC_MESSAGES, LANG; set before anything is printed. */
bool xd_language_is_chinese(void);
/* "zh" or "en"; NULL = by environment. Errors: XD_USAGE. */
XD_MUST_CHECK enum xd_status xd_language_set(const char *name, struct xd_error *error);

/* Prints "xiangdao: ..." to standard error and returns the exit code. */
int xd_exit_with(const struct xd_error *error);

#endif
