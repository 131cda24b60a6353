# SPDX-License-Identifier: MIT
#
# cmake -DPROGRAM=board-to-scenario -DBLOBS=folder [-DCHECK=ON] -P make.cmake
#     Makes the scenario files of this folder anew from the device trees of Debian's arm64 kernel, as
#     tests/boards/fetch.cmake fetches them; with CHECK only says which ones would change.

cmake_minimum_required(VERSION 3.25)

file(GLOB scenarios "${CMAKE_CURRENT_LIST_DIR}/*.dls")
foreach(scenario IN LISTS scenarios)
    cmake_path(GET scenario STEM LAST_ONLY name)
    file(GLOB_RECURSE blob "${BLOBS}/*/${name}.dtb")
    if(NOT blob)
        message(SEND_ERROR "no ${name}.dtb under ${BLOBS}")
        continue()
    endif()
    execute_process(COMMAND "${PROGRAM}" "${blob}" "${name}" OUTPUT_VARIABLE made COMMAND_ERROR_IS_FATAL ANY)
    file(READ "${scenario}" kept)
    if(CHECK AND NOT made STREQUAL kept)
        message(SEND_ERROR "${scenario} is not what ${blob} gives; made from another kernel?")
    elseif(NOT CHECK)
        file(WRITE "${scenario}" "${made}")
    endif()
endforeach()
