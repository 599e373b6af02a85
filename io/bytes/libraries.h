/* Once per process: gives libxml2, jansson and libdeflate our allocators, initialises libxml2, and keeps it from printing.
 *
 * Threads: safe to call from any thread, as often as wanted; the first call does the work. It must come before any other use of these, and while
 * allocation does not fail: app and the test harness call it at their start. */
#ifndef XD_IO_BYTES_LIBRARIES_H
#define XD_IO_BYTES_LIBRARIES_H

#include <stdbool.h>

void xd_libraries_init(void);
/* Gives libxml2's global memory back, at the very end of the process (leak checkers). Not to be followed by xd_libraries_init. */
void xd_libraries_end(void);

/* libxml2 does not always report a failed allocation as such. These tell, for the calling thread, whether one failed since the reset. */
void xd_libraries_xml_memory_reset(void);
bool xd_libraries_xml_memory_failed(void);
/* The same for jansson. */
void xd_libraries_json_memory_reset(void);
bool xd_libraries_json_memory_failed(void);

#endif
