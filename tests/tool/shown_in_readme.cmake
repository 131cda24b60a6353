# SPDX-License-Identifier: MIT
# README shows what PROGRAM prints, as it is.

execute_process(COMMAND "${PROGRAM}" OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
file(READ "${README}" readme)
string(FIND "${readme}" "\n\n${output}\n" place)
if(output STREQUAL "" OR place EQUAL -1)
    message(FATAL_ERROR "${README} does not show what the program prints:\n${output}")
endif()
