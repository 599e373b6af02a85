xd_test(NAME elevation LINKS xd_io ZLIB::ZLIB PkgConfig::MINIZIP SOURCES
  harness/maps_network.c
  harness/zip_write.c
  unit/elevation_hgt.c
  unit/elevation_main.c
  unit/elevation_read.c
  unit/elevation_zip.c
)
