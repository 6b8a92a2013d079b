# Reads the open data as a researcher would, and works every index, plane and joint score out again from what is below it.
# Not part of npm test, since it needs R:
#   Rscript test/open-data/rebuild.R FOLDER     (a folder with the unpacked lijw-open-data.zip)
# Areas are published with two decimals, so what is worked out of them may miss an index by a hundredth; agreed scores are
# half points, so theirs are exact.

folder <- commandArgs(trailingOnly = TRUE)[1]
if (is.na(folder)) stop("Name the folder of the open data.")
read <- function(name) {
  read.csv(file.path(folder, name), encoding = "UTF-8", na.strings = "", stringsAsFactors = FALSE,
           colClasses = c(unitCode = "character", report = "character"))
}
figures <- read("figures.csv")
changes <- read("changes.csv")
reports <- read("reports.csv")
stopifnot(is.numeric(figures$mean), is.numeric(figures$n), is.numeric(changes$points))
stopifnot(all(is.na(figures$mean) == !is.na(figures$reason)))
stopifnot(all(unique(figures$unitCode) %in% reports$unitCode))

rounded <- function(x) floor(abs(x) * 100 + 0.5 + 1e-7) / 100 * sign(x)
wrong <- 0
checked <- 0
compare <- function(what, published, rebuilt, tolerance) {
  checked <<- checked + 1
  if (is.na(published) || is.na(rebuilt) || abs(published - rebuilt) > tolerance + 1e-9) {
    wrong <<- wrong + 1
    cat(sprintf("%s: published %s, rebuilt %s\n", what, published, rebuilt))
  }
}

key <- paste(figures$unitCode, figures$report, figures$round)
for (one in unique(key)) {
  own <- figures[key == one, ]
  at <- function(level, holder) own[own$level == level & own$holder == holder, ]
  for (holder in c("survey", "administration", "ngo", "agreed")) {
    index <- at("index", holder)
    areas <- at("area", holder)
    areas <- areas[is.na(areas$reason) | areas$reason != "out-of-scope", ]
    if (nrow(index) == 0 || is.na(index$mean)) next
    compare(paste(one, "index", holder), index$mean, rounded(mean(areas$mean)), if (holder == "agreed") 0 else 0.01)
  }
  survey <- at("area", "survey")
  for (row in seq_len(nrow(survey))) {
    if (is.na(survey$mean[row])) next
    sides <- c(at("area", "administration")$mean[row], at("area", "ngo")$mean[row])
    compare(paste(one, survey$place[row]), survey$mean[row], rounded(mean(sides)), 0.01)
  }
}
told <- changes[!is.na(changes$points), ]
for (row in seq_len(nrow(told))) {
  one <- told[row, ]
  compare(paste(one$unitCode, one$report, one$place, one$holder), one$points, rounded(one$followUp - one$baseline), 0)
}
cat(sprintf("%d figures of %d reports rebuilt, %d differ\n", checked, nrow(reports), wrong))
if (wrong > 0 || checked == 0) quit(status = 1)
