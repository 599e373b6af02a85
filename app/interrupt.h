/* Ctrl-C and SIGTERM: the first asks the work to end with the best so far, the second ends the program at once. */
#ifndef XD_APP_INTERRUPT_H
#define XD_APP_INTERRUPT_H

#include <stdbool.h>

void xd_interrupt_install(void);
bool xd_interrupt_asked(void);

#endif
