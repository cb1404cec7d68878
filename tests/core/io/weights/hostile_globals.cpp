// SPDX-License-Identifier: Apache-2.0
#include "tests/core/io/weights/hostile_files.h"

#include <array>
#include <fmt/format.h>
#include <utility>

namespace gesture::test {

namespace {

using Global = std::pair<const char*, const char*>;

/// What attacks on pickles call, and what leads around allow-lists of other programs.
constexpr std::array<Global, 42> kGlobals{{{"os", "system"},
                                           {"posix", "system"},
                                           {"nt", "system"},
                                           {"os", "popen"},
                                           {"os", "execv"},
                                           {"os", "spawnlp"},
                                           {"pty", "spawn"},
                                           {"subprocess", "Popen"},
                                           {"subprocess", "check_output"},
                                           {"subprocess", "run"},
                                           {"builtins", "eval"},
                                           {"builtins", "exec"},
                                           {"builtins", "compile"},
                                           {"builtins", "open"},
                                           {"builtins", "getattr"},
                                           {"builtins", "setattr"},
                                           {"builtins", "__import__"},
                                           {"builtins", "globals"},
                                           {"builtins", "breakpoint"},
                                           {"__builtin__", "eval"},
                                           {"__builtin__", "apply"},
                                           {"importlib", "import_module"},
                                           {"runpy", "_run_code"},
                                           {"socket", "create_connection"},
                                           {"urllib.request", "urlopen"},
                                           {"webbrowser", "open"},
                                           {"shutil", "rmtree"},
                                           {"ctypes", "CDLL"},
                                           {"pickle", "loads"},
                                           {"marshal", "loads"},
                                           {"types", "CodeType"},
                                           {"types", "FunctionType"},
                                           {"functools", "partial"},
                                           {"operator", "attrgetter"},
                                           {"code", "interact"},
                                           {"timeit", "timeit"},
                                           {"torch", "load"},
                                           {"torch.hub", "load"},
                                           {"torch.jit", "load"},
                                           {"torch._utils", "_rebuild_device_tensor_from_numpy"},
                                           {"torch.nn.modules.linear", "Linear"},
                                           {"numpy", "load"}}};

PickleAssembler asked(const Global& global, std::size_t way) {
    PickleAssembler pickle;
    pickle.proto(way % 2 == 0 ? 2 : 4);
    const auto& [module, name] = global;
    switch (way) {
    case 0: // GLOBAL, REDUCE
        return pickle.global(module, name).mark().text("id").tuple().op('R').stop();
    case 1: // STACK_GLOBAL, REDUCE
        return pickle.text(module).text(name).op(0x93).mark().text("id").tuple().op('R').stop();
    case 2: // INST
        return pickle.mark().text("id").op('i').raw(fmt::format("{}\n{}\n", module, name)).stop();
    case 3: // OBJ
        return pickle.mark().global(module, name).text("id").op('o').stop();
    case 4: // NEWOBJ
        return pickle.global(module, name).emptyTuple().op(0x81).stop();
    default: // named only, beside an honest tensor
        appendTensor(pickle.op('}').text("w"), {});
        return pickle.op('s').text("x").global(module, name).op('s').stop();
    }
}

} // namespace

HostileFiles forbiddenGlobals() {
    constexpr std::size_t kWays = 6;
    HostileFiles files;
    for (const Global& global : kGlobals) {
        const std::string reason = fmt::format("asks for '{}.{}'", global.first, global.second);
        for (std::size_t way = 0; way < kWays; ++way) {
            const PickleAssembler pickle = asked(global, way);
            const std::string stem = fmt::format("{}.{}.{}", global.first, global.second, way);
            files.push_back({stem + ".bin",
                             way % 2 == 0 ? torchZip(pickle.bytes()) : torchLegacy(pickle.bytes()),
                             reason});
        }
        files.push_back({fmt::format("bare.{}.{}.pt", global.first, global.second),
                         asked(global, 0).bytes(), reason});
    }
    return files;
}

} // namespace gesture::test
