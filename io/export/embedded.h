/* Files built into the program (cmake/XdEmbed.cmake): the report's page, Debian's Leaflet, the vehicle profiles. Each is followed by a zero byte that its length leaves out. */
#ifndef XD_IO_EXPORT_EMBEDDED_H
#define XD_IO_EXPORT_EMBEDDED_H

#include <stddef.h>

extern const unsigned char xd_embedded_leaflet_js[];
extern const size_t xd_embedded_leaflet_js_n;
extern const unsigned char xd_embedded_leaflet_css[];
extern const size_t xd_embedded_leaflet_css_n;
extern const unsigned char xd_embedded_report_css[];
extern const size_t xd_embedded_report_css_n;
extern const unsigned char xd_embedded_report_body[];
extern const size_t xd_embedded_report_body_n;
extern const unsigned char xd_embedded_report_words_js[];
extern const size_t xd_embedded_report_words_js_n;
extern const unsigned char xd_embedded_report_map_js[];
extern const size_t xd_embedded_report_map_js_n;
extern const unsigned char xd_embedded_report_js[];
extern const size_t xd_embedded_report_js_n;
extern const unsigned char xd_embedded_profiles_csv[];
extern const size_t xd_embedded_profiles_csv_n;

#endif
