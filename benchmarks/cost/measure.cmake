# SPDX-License-Identifier: MIT
cmake_minimum_required(VERSION 3.25)

# cmake -DCOMPILER=... -DINCLUDE=... -DBOOST=... -DSIZE=... -DOUT=... -P measure.cmake
# Work E: what the library costs its users, in milliseconds of the compiler and bytes of code. Lines as the programs
# write them, links being 0.

set(lines "")
macro(record what who unit value ratio)
    string(APPEND lines "E cost\t${what}\t0\t${who}\t${unit}\t${value}\t${ratio}\t0\n")
    message("E cost/${what}: ${who} ${value} ${unit}, ratio ${ratio}")
endmacro()

function(compile source output)
    execute_process(COMMAND "${COMPILER}" -std=c++20 -DNDEBUG ${ARGN} "-I${INCLUDE}" -c
                            "${CMAKE_CURRENT_LIST_DIR}/${source}.cpp" -o "${output}" COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# The time of a compilation, in microseconds.
function(time_of source result)
    string(TIMESTAMP before "%s%f")
    compile(${source} "${OUT}.o" -O2)
    string(TIMESTAMP after "%s%f")
    math(EXPR taken "${after} - ${before}")
    set(${result} ${taken} PARENT_SCOPE)
endfunction()

# A ratio of two numbers with three digits.
function(ratio_of value yardstick result)
    math(EXPR whole "${value} / ${yardstick}")
    math(EXPR rest "1000 * ${value} / ${yardstick} - 1000 * ${whole} + 1000")
    string(SUBSTRING "${rest}" 1 3 rest)
    set(${result} "${whole}.${rest}" PARENT_SCOPE)
endfunction()

# In turns; of five the median.
if(BOOST)
    set(sources first_bgl first_resolve)
else()
    set(sources first_resolve)
endif()
foreach(turn RANGE 1 5)
    foreach(source IN LISTS sources)
        time_of(${source} taken)
        list(APPEND ${source}_times ${taken})
    endforeach()
endforeach()
foreach(source IN LISTS sources)
    list(SORT ${source}_times COMPARE NATURAL)
    list(GET ${source}_times 2 ${source}_median)
    math(EXPR ${source}_ms "${${source}_median} / 1000")
endforeach()
if(BOOST)
    record("compile time" bgl_adjacency_list ms ${first_bgl_ms} 1)
    ratio_of(${first_resolve_median} ${first_bgl_median} ratio)
    record("compile time" devlink ms ${first_resolve_ms} ${ratio})
else()
    record("compile time" devlink ms ${first_resolve_ms} 1)
endif()

# Bytes of machine code, and of constants beside it, under -Os.
if(SIZE)
    foreach(source IN ITEMS board_at_run_time board_at_compile_time)
        compile(${source} "${OUT}.o" -Os -fno-exceptions -fno-rtti -fno-asynchronous-unwind-tables)
        execute_process(COMMAND "${SIZE}" -A "${OUT}.o" OUTPUT_VARIABLE sections COMMAND_ERROR_IS_FATAL ANY)
        foreach(kind IN ITEMS text rodata)
            set(bytes 0)
            string(REGEX MATCHALL "\\.${kind}[^ ]* +[0-9]+" found "${sections}")
            foreach(section IN LISTS found)
                string(REGEX REPLACE "^.* " "" size "${section}")
                math(EXPR bytes "${bytes} + ${size}")
            endforeach()
            string(REPLACE "_" " " what "${source}")
            record("${what}, .${kind}" devlink bytes ${bytes} 1)
        endforeach()
    endforeach()
endif()

file(REMOVE "${OUT}.o")
file(WRITE "${OUT}" "${lines}")
