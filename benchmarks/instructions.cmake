# SPDX-License-Identifier: MIT
cmake_minimum_required(VERSION 3.25)

# cmake -DPROGRAM=... -DVALGRIND=... -DWORK=... -DCOUNTS=... -P instructions.cmake
# Counts the instructions of a work and holds them to what the file says, give or take 5 percent. Fewer are a reason to
# lower the number in the file, so that the next slip is seen from there.

execute_process(
    COMMAND "${VALGRIND}" --tool=callgrind --toggle-collect=counted --callgrind-out-file=/dev/null "${PROGRAM}" "${WORK}"
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT status EQUAL 0 OR NOT output MATCHES "Collected : ([0-9]+)")
    message(FATAL_ERROR "no count:\n${output}")
endif()
set(count ${CMAKE_MATCH_1})

file(STRINGS "${COUNTS}" line REGEX "^${WORK} [0-9]+$")
if(NOT line)
    message(FATAL_ERROR "${COUNTS} has no line `${WORK} ${count}`")
endif()
string(REGEX REPLACE "^.* " "" expected "${line}")

math(EXPR most "${expected} + ${expected} / 20")
math(EXPR least "${expected} - ${expected} / 20")
message(STATUS "${WORK}: ${count} instructions, ${expected} expected")
if(count GREATER most)
    message(FATAL_ERROR "${WORK} takes ${count} instructions, ${expected} were enough")
elseif(count LESS least)
    message(FATAL_ERROR "${WORK} takes ${count} instructions: lower the ${expected} in ${COUNTS}")
endif()
