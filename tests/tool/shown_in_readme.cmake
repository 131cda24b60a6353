# SPDX-License-Identifier: MIT
# README shows what PROGRAM prints first, up to an empty line, as it is.

execute_process(COMMAND "${PROGRAM}" OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
string(FIND "${output}" "\n\n" end)
string(SUBSTRING "${output}" 0 ${end} shown)
file(READ "${README}" readme)
string(FIND "${readme}" "\n\n${shown}\n\n" place)
if(shown STREQUAL "" OR place EQUAL -1)
    message(FATAL_ERROR "${README} does not show what the program prints first:\n${shown}")
endif()
