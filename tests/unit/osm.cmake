xd_test(NAME osm LINKS xd_io ZLIB::ZLIB BZip2::BZip2 SOURCES
  harness/osm_record.c
  harness/pbf_encode.c
  unit/osm_main.c
  unit/osm_input.c
  unit/osm_read.c
  unit/osm_malformed.c
  unit/osm_fault.c
  unit/osm_shared.c
)

# Needs the network builder of maps.
file(GLOB network_builder CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/maps/network*.c")
if(network_builder)
  xd_test(NAME osm_network LINKS xd_io ZLIB::ZLIB BZip2::BZip2 SOURCES
    harness/osm_record.c
    harness/pbf_encode.c
    unit/osm_network.c
    unit/osm_load.c
  )
endif()
