xd_test(NAME export LINKS xd_io LibXml2::LibXml2 PkgConfig::JANSSON SOURCES
  unit/export_main.c
  unit/export_fixture.c
  unit/export_kpi.c
  unit/export_text.c
  unit/export_files.c
)
