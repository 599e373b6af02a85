/* Compiler attributes used throughout. */
#ifndef XD_BASE_MACROS_H
#define XD_BASE_MACROS_H

#define XD_MUST_CHECK __attribute__((warn_unused_result))
#define XD_PRINTF(format_index, first_argument) __attribute__((format(printf, format_index, first_argument)))
#define XD_ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

#endif
