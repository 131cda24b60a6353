# SPDX-License-Identifier: MIT
cmake_minimum_required(VERSION 3.25)

# Configures, builds and runs the project beside this script, which takes the library in one of these ways:
# add_subdirectory, everything (the same with tests, examples and benchmarks; configured only), find_package.

file(REMOVE_RECURSE "${WORK}")
# The expression keeps generators of several configurations from adding a folder for each.
set(arguments -G "${GENERATOR}" -S "${CMAKE_CURRENT_LIST_DIR}/project" -B "${WORK}/build" -DWAY=${WAY}
              "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_CXX_FLAGS=${FLAGS}" "-DVERSION=${VERSION}"
              "-DCMAKE_RUNTIME_OUTPUT_DIRECTORY=${WORK}/bin$<1:>")
set(config "")
if(CONFIG)
    set(config --config "${CONFIG}")
endif()
if(WAY STREQUAL find_package)
    execute_process(COMMAND "${CMAKE_COMMAND}" --install "${BUILD}" ${config} --prefix "${WORK}/installed"
                    COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
    list(APPEND arguments "-DCMAKE_PREFIX_PATH=${WORK}/installed")
else()
    list(APPEND arguments "-DDEVLINK_SOURCE_DIR=${SOURCE}")
endif()
execute_process(COMMAND "${CMAKE_COMMAND}" ${arguments} COMMAND_ERROR_IS_FATAL ANY)
if(WAY STREQUAL everything)
    return()
endif()
execute_process(COMMAND "${CMAKE_COMMAND}" --build "${WORK}/build" ${config} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${WORK}/bin/consumer" COMMAND_ERROR_IS_FATAL ANY OUTPUT_VARIABLE output)
if(NOT output STREQUAL "devlink ${VERSION}\nport\nnic\n")
    message(FATAL_ERROR "the consumer printed:\n${output}")
endif()

if(WAY STREQUAL add_subdirectory)
    # What the other project installs is its own.
    execute_process(COMMAND "${CMAKE_COMMAND}" --install "${WORK}/build" ${config} --prefix "${WORK}/installed"
                    COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
    file(GLOB_RECURSE installed RELATIVE "${WORK}/installed" "${WORK}/installed/*")
    if(installed)
        message(FATAL_ERROR "another project's installation holds ${installed}")
    endif()
endif()
if(WAY STREQUAL find_package)
    # Nothing but the headers and the package's own files.
    file(GLOB_RECURSE installed RELATIVE "${WORK}/installed" "${WORK}/installed/*")
    list(FILTER installed EXCLUDE REGEX "^include/devlink/.*\\.hpp$")
    set(expected share/cmake/devlink/devlink-config-version.cmake share/cmake/devlink/devlink-config.cmake)
    if(NOT installed STREQUAL expected)
        message(FATAL_ERROR "beside the headers this was installed: ${installed}")
    endif()
endif()
