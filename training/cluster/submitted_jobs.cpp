// SPDX-License-Identifier: Apache-2.0
#include "training/cluster/submitted_jobs.h"

#include "core/base/atomic_file.h"
#include "core/base/paths.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace gesture::training {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kMaxNote = std::size_t{64} << 10;

fs::path folderOfJobs() { return userDataDirectory() / "cluster"; }

/// Numbers of different clusters may be alike.
fs::path noteOf(const SubmittedJob& job) {
    std::string host = job.host.empty() ? "here" : job.host;
    for (char& letter : host)
        if (std::isalnum(static_cast<unsigned char>(letter)) == 0 && letter != '.') letter = '-';
    return folderOfJobs() / fmt::format("{}-{}.json", host, job.id);
}

std::string textOf(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

std::vector<SubmittedJob> submittedJobs() {
    std::vector<SubmittedJob> jobs;
    std::error_code code;
    for (fs::directory_iterator file(folderOfJobs(), code), end; !code && file != end;
         file.increment(code)) {
        const auto text = readTextFile(file->path(), kMaxNote);
        if (!text || file->path().extension() != ".json") continue;
        const json object = json::parse(*text, nullptr, false);
        if (!object.is_object()) continue;
        SubmittedJob job{textOf(object, "id"),     textOf(object, "host"), textOf(object, "name"),
                         textOf(object, "folder"), textOf(object, "kind"), 0.0};
        const auto time = object.find("time");
        if (time != object.end() && time->is_number()) job.time = time->get<double>();
        if (!job.id.empty()) jobs.push_back(std::move(job));
    }
    std::ranges::sort(jobs, std::greater{}, &SubmittedJob::time);
    return jobs;
}

Status rememberJob(const SubmittedJob& job) {
    std::error_code ignored;
    fs::create_directories(folderOfJobs(), ignored);
    const json object{{"id", job.id},         {"host", job.host}, {"name", job.name},
                      {"folder", job.folder}, {"kind", job.kind}, {"time", job.time}};
    return writeTextAtomically(noteOf(job),
                               object.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
}

void forgetJob(const SubmittedJob& job) {
    std::error_code ignored;
    fs::remove(noteOf(job), ignored);
}

} // namespace gesture::training
