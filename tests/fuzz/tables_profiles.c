/* A table of profiles from any bytes: no crash; a result or an error, never both or neither; every value of a result within its bounds. */
#include "io/bytes/text.h"
#include "io/tables/profiles_read.h"
#include "maps/profile_table.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        __builtin_trap();
}

static void require_sound(const struct xd_profiles *profiles)
{
    require(profiles->items_n > 0 && profiles->items_n <= XD_PROFILES_MAX);
    for (int32_t p = 0; p < profiles->items_n; p++) {
        struct xd_profile copy = profiles->items[p];
        require(copy.name[0] != '\0' && strlen(copy.name) <= XD_PROFILE_NAME_MAX && copy.name_zh);
        for (size_t i = 0; i < xd_profile_properties_n; i++) {
            const struct xd_profile_property *property = &xd_profile_properties[i];
            if (property->kind == XD_PROFILE_LABEL)
                continue;
            const int32_t value = *xd_profile_value(&copy, property);
            const bool special = (property->kind == XD_PROFILE_SPEED && value == 0) || (property->kind == XD_PROFILE_EASE && value == XD_CAP_NONE) ||
                                 (property->kind == XD_PROFILE_CAP && (value == XD_CAP_NONE || value == XD_CAP_CLOSED));
            if (property->kind == XD_PROFILE_KEYS)
                require(value > 0 && value < 1 << XD_ACCESS_KEYS_N);
            else
                require(special || (value >= property->min && value <= property->max));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct xd_profiles *built_in;
    struct xd_diagnostics diagnostics = {0};
    struct xd_buffer text;
    struct xd_error error;
    struct xd_profiles *profiles = NULL;
    if (!built_in)
        require(xd_profiles_read(NULL, &diagnostics, &built_in) == XD_OK);
    if (size == 0)
        return 0;
    xd_buffer_init(&text, (size_t)1 << 24);
    require(xd_buffer_append(&text, data + 1, size - 1, &error) == XD_OK);
    if (xd_text_decode(&text, "fuzz", XD_ENCODING_AUTO, &diagnostics, &error) == XD_OK && text.bytes) {
        const enum xd_status status = xd_profiles_read_bytes(text.bytes, text.length, "fuzz", data[0] % 2 ? built_in : NULL, &diagnostics, &profiles);
        require((status == XD_OK) == (profiles != NULL) && (status == XD_OK) == (diagnostics.errors_n == 0));
        if (profiles)
            require_sound(profiles);
    }
    xd_profiles_free(profiles);
    xd_buffer_free(&text);
    xd_diagnostics_free(&diagnostics);
    return 0;
}
