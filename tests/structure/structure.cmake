# Tests of the source tree and of the archives rather than of behaviour; once (dev) is enough.
if(XD_HEADERS AND NOT XD_SANITIZE AND NOT XD_FUZZ)
  get_property(archives GLOBAL PROPERTY XD_ARCHIVES)
  set(archive_files)
  foreach(archive IN LISTS archives)
    list(APPEND archive_files "$<TARGET_FILE:${archive}>")
  endforeach()
  list(JOIN archive_files " " archive_files)
  set(structure_environment "BUILD=${CMAKE_BINARY_DIR}" "ARCHIVES=${archive_files}" "CC=${CMAKE_C_COMPILER}" "NM=${CMAKE_NM}" "AR=${CMAKE_AR}")
  foreach(name IN ITEMS purity layering memory symbols sources limits messages format)
    xd_test_script(NAME structure_${name} SCRIPT structure/${name}.sh ENVIRONMENT ${structure_environment})
  endforeach()

  # The harness judges everything else, so it is judged itself: by programs whose outcome is known.
  add_executable(planted_cases harness/planted.c)
  target_link_libraries(planted_cases PRIVATE xd_harness xd_flags ${CUNIT_LIBRARY})
  xd_test_script(NAME harness SCRIPT harness/planted.sh ENVIRONMENT ${structure_environment})
  xd_test_script(NAME bench_compare SCRIPT harness/compare.sh ENVIRONMENT ${structure_environment})
endif()
