# SPDX-License-Identifier: MIT
cmake_minimum_required(VERSION 3.25)

# README.md shows files and output as they are. A block of code there is preceded by a line that says what it is:
#     <!-- FILE -->            the file, without its SPDX line
#     <!-- output of NAME -->  what the program of that name prints
# and there is no block of C++ that isn't one of these.

file(READ "${SOURCE}/README.md" readme)

string(REGEX MATCHALL "<!-- examples/[a-z0-9_/.-]+ -->\n```cpp\n" marks "${readme}")
string(REGEX MATCHALL "```(cpp|c\\+\\+|c)\n" blocks "${readme}")
list(LENGTH marks marked)
list(LENGTH blocks all)
if(marked EQUAL 0 OR NOT marked EQUAL all)
    message(FATAL_ERROR "README.md has ${all} blocks of C++, ${marked} of them from a file")
endif()

foreach(mark IN LISTS marks)
    string(REGEX REPLACE "<!-- (.*) -->.*" "\\1" file "${mark}")
    file(READ "${SOURCE}/${file}" text)
    string(REPLACE "// SPDX-License-Identifier: MIT\n" "" text "${text}")
    string(FIND "${readme}" "${mark}${text}```\n" place)
    if(place EQUAL -1)
        message(FATAL_ERROR "README.md does not show ${file} as it is")
    endif()
endforeach()

execute_process(COMMAND "${PROGRAM}" OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
string(FIND "${readme}" "<!-- output of readme-first -->\n```text\n${output}```\n" place)
if(place EQUAL -1)
    message(FATAL_ERROR "README.md does not show what readme-first prints:\n${output}")
endif()
