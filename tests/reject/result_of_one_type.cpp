// SPDX-License-Identifier: MIT
// expect: devlink: result<T, E> needs two types
#include <devlink/model/result.hpp>

struct error_text {
    const char* text = "";
};
#ifdef REJECT
devlink::result<const char*, const char*> read;
#else
devlink::result<const char*, error_text> read = "text";
#endif
