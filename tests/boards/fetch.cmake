# SPDX-License-Identifier: MIT
#
# cmake -DFOLDER=folder -P fetch.cmake
#     Puts the device trees of Debian's newest arm64 kernel 6.12 into the folder, unless they are there. Needs apt-get,
#     dpkg-deb and a Debian mirror among apt's sources, but neither root nor an arm64 machine: apt keeps its state in the
#     folder.

cmake_minimum_required(VERSION 3.25)

if(EXISTS "${FOLDER}/complete")
    return()
endif()
foreach(program IN ITEMS apt-get apt-cache dpkg-deb tar)
    find_program(found_${program} ${program})
    if(NOT found_${program})
        message(FATAL_ERROR "needs ${program}, of Debian")
    endif()
endforeach()

set(state "${FOLDER}/apt")
file(REMOVE_RECURSE "${FOLDER}")
file(MAKE_DIRECTORY "${state}/lists/partial" "${state}/cache/archives/partial" "${FOLDER}/dtb")
set(options -q -o APT::Architecture=arm64 -o APT::Architectures::=arm64 -o APT::Sandbox::User=
    -o "Dir::State=${state}" -o "Dir::State::lists=${state}/lists" -o "Dir::Cache=${state}/cache"
    -o Dir::State::status=/dev/null)

function(run)
    execute_process(COMMAND ${ARGN} WORKING_DIRECTORY "${state}" RESULT_VARIABLE result OUTPUT_VARIABLE output
                    ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${ARGN}:\n${output}")
    endif()
    set(output "${output}" PARENT_SCOPE)
endfunction()

run(apt-get ${options} update)
run(apt-cache ${options} search --names-only "^linux-image-6[.]12[.][0-9].*-arm64$")
string(REGEX MATCHALL "linux-image-6[.]12[.][0-9]+[^ \n]*-arm64" packages "${output}")
list(FILTER packages EXCLUDE REGEX "-(rt|cloud)-|unsigned|-dbg")
list(SORT packages COMPARE NATURAL ORDER DESCENDING)
if(NOT packages)
    message(FATAL_ERROR "apt knows no linux-image-6.12*-arm64")
endif()
list(GET packages 0 package)
run(apt-get ${options} download ${package})
file(GLOB archive "${state}/*.deb")
execute_process(COMMAND dpkg-deb --fsys-tarfile "${archive}" COMMAND tar -x -C "${FOLDER}/dtb" --wildcards "*.dtb"
                COMMAND_ERROR_IS_FATAL ANY)
file(REMOVE_RECURSE "${state}")
file(WRITE "${FOLDER}/complete" "${package}\n")
message(STATUS "device trees of ${package}")
