# xd_digest(OUT_C HEADER VARIABLE TEXT file1 file2 ...): writes a C file with `const char VARIABLE[]` of the header: the text and a digest of the files' contents, made again
# whenever one of them changes.
if(CMAKE_SCRIPT_MODE_FILE)
  set(all "")
  file(STRINGS "${LIST}" files)
  foreach(file IN LISTS files)
    file(SHA256 "${file}" one)
    string(APPEND all "${one}")
  endforeach()
  string(SHA256 digest "${all}")
  string(SUBSTRING "${digest}" 0 16 digest)
  file(CONFIGURE OUTPUT "${OUT}" CONTENT "#include \"${HEADER}\"\nconst char ${VARIABLE}[] = \"${TEXT} ${digest}\";\n" @ONLY)
  file(TOUCH "${OUT}")
  return()
endif()

set(XD_DIGEST_SCRIPT "${CMAKE_CURRENT_LIST_FILE}")
function(xd_digest out header variable text)
  list(SORT ARGN)
  list(JOIN ARGN "\n" lines)
  file(CONFIGURE OUTPUT "${out}.files" CONTENT "${lines}\n" @ONLY)
  add_custom_command(OUTPUT "${out}" DEPENDS ${ARGN} "${out}.files" "${XD_DIGEST_SCRIPT}" VERBATIM
    COMMAND "${CMAKE_COMMAND}" "-DLIST=${out}.files" "-DOUT=${out}" "-DHEADER=${header}" "-DVARIABLE=${variable}" "-DTEXT=${text}" -P "${XD_DIGEST_SCRIPT}")
endfunction()
