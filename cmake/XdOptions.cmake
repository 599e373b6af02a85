# Flags common to all presets. XD_SANITIZE and XD_FUZZ are set by CMakePresets.json.
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

option(XD_TESTS "Build the tests" ON)
option(XD_HEADERS "Compile every header alone" OFF)
option(XD_BENCH "Build the benches" OFF)
option(XD_WERROR "Warnings are errors" OFF)
option(XD_FUZZ "Build the fuzz targets (clang)" OFF)
set(XD_SANITIZE "" CACHE STRING "Argument of -fsanitize= for everything")

find_package(OpenMP REQUIRED COMPONENTS C)

add_library(xd_flags INTERFACE)
target_compile_definitions(xd_flags INTERFACE _GNU_SOURCE)
# -ffp-contract=off: gcc and clang must round alike.
target_compile_options(xd_flags INTERFACE -ffp-contract=off -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes
  -Wmissing-prototypes -Wdouble-promotion -Wvla -Wundef)
target_link_libraries(xd_flags INTERFACE OpenMP::OpenMP_C m)
if(XD_WERROR)
  target_compile_options(xd_flags INTERFACE -Werror)
endif()
if(XD_SANITIZE)
  target_compile_options(xd_flags INTERFACE -fsanitize=${XD_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(xd_flags INTERFACE -fsanitize=${XD_SANITIZE})
endif()
if(XD_FUZZ)
  target_compile_options(xd_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
