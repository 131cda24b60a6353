# SPDX-License-Identifier: MIT
cmake_minimum_required(VERSION 3.25)

# cmake -DCOMPILER=... -DINCLUDE=... -DFILE=... -P check.cmake
# FILE as it stands compiles; with -DREJECT it does not, and the compiler says each of its `// expect: REGEX` lines.

file(STRINGS "${FILE}" expected REGEX "^// expect: ")
list(TRANSFORM expected REPLACE "^// expect: " "")
if(NOT expected)
    message(FATAL_ERROR "${FILE} has no line `// expect: REGEX`")
endif()

set(command "${COMPILER}" -std=c++20 -fsyntax-only -Wall -Wextra "-I${INCLUDE}" "${FILE}")
execute_process(COMMAND ${command} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT status EQUAL 0)
    message(FATAL_ERROR "the accepted half of ${FILE} does not compile:\n${output}")
endif()

execute_process(COMMAND ${command} -DREJECT RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(status EQUAL 0)
    message(FATAL_ERROR "the rejected half of ${FILE} compiles")
endif()
foreach(regex IN LISTS expected)
    if(NOT output MATCHES "${regex}")
        message(FATAL_ERROR "the rejected half of ${FILE} is refused, but not with \"${regex}\":\n${output}")
    endif()
endforeach()
