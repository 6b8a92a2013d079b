# Computes, in R and from the answers alone, what `score` and `compare` print: an independent second
# reading of the method. The tests hold its results and need no R. To rebuild them (Debian: r-base-core):
#
#   npx tsx test/scoring/r/write-data-sets.ts /tmp/data-sets
#   Rscript test/scoring/r/rebuild.R /tmp/data-sets test/scoring/r/constants.json
#   npx prettier --check test/scoring/r          # constants.json is left out of it
#
# Rows of constants.json, by set and place ("areas.A1", "planes.P1", "index"); null where there is none:
#   change    holder: baseline, followUp, se, df, p, adjustedP, low, high, detectable, verdict, delta, withheld
#   intervals holder: value, low, high (second round)
#   gaps      pair:   points, se, df, p, adjustedP, low, high, detectable, verdict, delta, withheld (second round)
#   alphas    area:   alpha (second round)
# A df that is infinite is null. A merged group is named by its parts, joined by "+".

words <- commandArgs(trailingOnly = TRUE)
read <- function(name) read.csv(file.path(words[1], paste0(name, ".csv")), colClasses = "character", na.strings = NULL)
items <- read("items")
items$weight <- as.numeric(items$weight)
rounds <- read("rounds")
answers <- read("answers")

areas <- unique(items$area)
planes <- lapply(split(items$area, items$plane), unique)
places <- c(setNames(as.list(areas), paste0("areas.", areas)),
            setNames(planes, paste0("planes.", names(planes))),
            list(index = areas))
groups <- c("a1", "a2", "a3", "n1", "n2", "o")
sideOf <- function(group) c(a = "administration", n = "ngo", o = "none")[[substr(group, 1, 1)]]
entries <- list(c("a2", "a3"), c("n1", "n2"))
same <- 0.25
tolerance <- 1e-9
numbers <- function(xs, f) vapply(xs, f, numeric(1))
assumed <- function(place) if (startsWith(place, "areas")) 1 else 0.6

# ---- respondents ----------------------------------------------------------------------------------------------

# s(r,a): one row a respondent, one column an area. Also the ratings of visible items, for alpha.
scoresOf <- function(rows, form) {
  asked <- items[form == "full" | items$core == "1", ]
  ratings <- sapply(seq_len(nrow(asked)), function(i) {
    seen <- switch(asked$rule[i], always = TRUE, `ngo-only` = substr(rows$group, 1, 1) != "a",
                   `gate-yes` = rows$gate == "yes")
    ifelse(rep_len(seen, nrow(rows)), rows[[asked$item[i]]], "unseen")
  })
  ratings <- matrix(ratings, nrow = nrow(rows), dimnames = list(NULL, asked$item))
  score <- matrix(NA_real_, nrow(rows), length(areas), dimnames = list(NULL, areas))
  for (area in areas) {
    of <- which(asked$area == area)
    for (r in seq_len(nrow(rows))) {
      cells <- ratings[r, of]
      w <- asked$weight[of]
      rated <- !(cells %in% c("", "hs", "na", "unseen"))
      applicable <- !(cells %in% c("na", "unseen"))
      if (any(rated) && sum(w[rated]) >= 0.5 * sum(w[applicable]) - tolerance)
        score[r, area] <- sum(w[rated] * as.numeric(cells[rated])) / sum(w[rated])
    }
  }
  list(score = score, ratings = ratings, asked = asked, group = rows$group)
}

spreadOf <- function(x) if (length(x) < 2) NA else if (max(x) - min(x) <= tolerance) 0 else sd(x)

# ---- merging --------------------------------------------------------------------------------------------------

mergedEntries <- function(group, k) Filter(function(entry) any(table(factor(group, entry)) %in% seq_len(k - 1)), entries)

# Groups of a round after merging: members (the original codes), size.
groupsOf <- function(sizes, merged) {
  parts <- c(as.list(setdiff(groups, unlist(merged))), merged)
  names(parts) <- sapply(parts, paste, collapse = "+")
  parts <- parts[order(sapply(parts, function(p) match(p[1], groups)))]
  lapply(parts, function(p) list(members = p, size = sum(as.numeric(sizes[p]))))
}

# ---- one round's groups at a place ------------------------------------------------------------------------------

# A group in an area: n, mean where shown. `apart`: the round shows the parts of a merged group apart.
atArea <- function(round, group, area, k, apart) {
  mine <- round$group %in% group$members
  x <- round$score[mine, area]
  x <- x[!is.na(x)]
  ns <- sapply(group$members, function(m) sum(!is.na(round$score[round$group == m, area])))
  twice <- if (k == 1) 2 else 2 * k
  split <- apart && length(group$members) > 1
  shown <- length(x) >= k && !(split && any(ns > 0 & ns < k))
  list(x = x, n = length(x), shown = shown, mean = if (shown) mean(x) else NA,
       full = shown && length(x) >= twice && !(split && any(ns > 0 & ns < twice)))
}

# o(r) over the areas `over`.
overall <- function(round, members, over) {
  if (length(over) == 0) return(numeric(0))
  s <- round$score[round$group %in% members, over, drop = FALSE]
  has <- rowSums(!is.na(s))
  s <- s[has > 0 & 2 * has >= length(over), , drop = FALSE]
  rowMeans(s, na.rm = TRUE)
}

# Everything about the groups at a place, of one round or of two. `codes`: areas of the place in scope in each round.
# Gives for each group: its areas, in each round its mean, n, spread, whether that is its own, and its N.
groupsAt <- function(rs, place, codes, k) {
  twice <- if (k == 1) 2 else 2 * k
  lapply(setNames(names(rs[[1]]$groups), names(rs[[1]]$groups)), function(g) {
    cells <- lapply(rs, function(r) lapply(setNames(codes, codes), function(a) atArea(r$data, r$groups[[g]], a, k, r$apart)))
    own <- codes[vapply(codes, function(a) all(sapply(cells, function(c) c[[a]]$shown)), logical(1))]
    base <- codes[sapply(codes, function(a) all(sapply(cells, function(c) c[[a]]$shown && c[[a]]$n >= twice)))]
    each <- lapply(seq_along(rs), function(i) {
      members <- rs[[i]]$groups[[g]]$members
      if (length(own) == 0) return(list(mean = NA))
      at <- cells[[i]]
      if (startsWith(place, "areas")) {
        x <- at[[own]]$x
        enough <- at[[own]]$full
      } else {
        x <- overall(rs[[i]]$data, members, base)
        enough <- length(x) >= twice && 2 * length(base) >= length(own)
        if (enough && rs[[i]]$apart && length(members) > 1) {
          parts <- sapply(members, function(m) length(overall(rs[[i]]$data, m, base)))
          enough <- !any(parts > 0 & parts < twice)
        }
      }
      s <- spreadOf(x)
      list(key = paste(g, i), mean = mean(numbers(own, function(a) at[[a]]$mean)), x = x, n = length(x), s = s, enough = enough,
           own = enough && !is.na(s) && s > 0, smallest = min(sapply(own, function(a) at[[a]]$n)),
           size = rs[[i]]$groups[[g]]$size, areaMeans = sapply(own, function(a) at[[a]]$mean))
    })
    list(name = g, side = sideOf(g), areas = own, rounds = each)
  })
}

# What groups without a spread of their own borrow: over all lenders, each round of a group by itself.
lentBy <- function(gs, place) {
  lenders <- Filter(function(r) isTRUE(r$own), unlist(lapply(gs, function(g) g$rounds), recursive = FALSE))
  df <- sum(numbers(lenders, function(r) r$n - 1))
  list(df = df, dfs = numbers(lenders, function(r) r$n - 1), keys = vapply(lenders, function(r) r$key, ""),
       s2 = if (df == 0) assumed(place) else sum(numbers(lenders, function(r) (r$n - 1) * r$s^2)) / df)
}

# se and df of a sum of group means with weights `cs` (named by group), over all rounds. `q`: how much of the
# correction for small populations is made.
errorOf <- function(gs, cs, place, q) {
  lent <- lentBy(gs, place)
  parts <- unlist(lapply(names(cs), function(name) lapply(gs[[name]]$rounds, function(r) {
    n <- if (r$own) r$n else r$smallest
    v <- (if (r$own) r$s^2 else lent$s2) / n * (if (is.na(r$size)) 1 else 1 - q * n / r$size)
    list(own = r$own, c2v = cs[[name]]^2 * v, key = r$key)
  })), recursive = FALSE)
  c2v <- numbers(parts, function(p) p$c2v)
  own <- vapply(parts, function(p) p$own, logical(1))
  keys <- vapply(parts, function(p) p$key, "")
  # se^2 is a sum of the lenders' variances: what rests on each, by itself and by what is borrowed of it.
  rests <- vapply(seq_along(lent$dfs), function(i)
    sum(c2v[own & keys == lent$keys[i]]) + sum(c2v[!own]) * lent$dfs[i] / lent$df, numeric(1))
  below <- sum(rests^2 / lent$dfs)
  list(se = sqrt(sum(c2v)), df = if (below > 0) sum(c2v)^2 / below else Inf)
}

# A quarter of the correction where the figure rests on one area with a single item, else half.
correction <- function(on, asked) if (length(on) == 1 && sum(asked$area == on) == 1) 1 / 4 else 1 / 2

# Sides and joint at a place: for each the areas in which it has a value, its weights c and its figure in each round.
holdersAt <- function(gs, codes, whole, weights) {
  sideAt <- function(side, a) names(Filter(function(g) g$side == side && a %in% g$areas, gs))
  figure <- function(has, cAt) {
    on <- codes[sapply(codes, has)]
    if (length(on) == 0 || (whole && length(on) < length(codes))) return(NULL)
    cs <- list()
    for (a in on) for (g in names(cAt(a))) {
      before <- if (is.null(cs[[g]])) 0 else cs[[g]]
      cs[[g]] <- before + cAt(a)[[g]] / length(on)
    }
    values <- sapply(seq_along(gs[[1]]$rounds), function(i) mean(sapply(on, function(a) {
      c <- cAt(a)
      sum(sapply(names(c), function(g) c[[g]] * gs[[g]]$rounds[[i]]$areaMeans[[a]]))
    })))
    list(c = cs, values = values, on = on)
  }
  equal <- function(side, times = 1) function(a) {
    members <- sideAt(side, a)
    as.list(setNames(rep(times / length(members), length(members)), members))
  }
  w <- weights / sum(weights)
  list(
    survey = figure(function(a) length(sideAt("administration", a)) > 0 && length(sideAt("ngo", a)) > 0,
                    function(a) c(equal("administration", w[1])(a), equal("ngo", w[2])(a))),
    administration = figure(function(a) length(sideAt("administration", a)) > 0, equal("administration")),
    ngo = figure(function(a) length(sideAt("ngo", a)) > 0, equal("ngo")),
    # The gap of the sides: over the areas in which both have a value; v is added for both.
    gap = figure(function(a) length(sideAt("administration", a)) > 0 && length(sideAt("ngo", a)) > 0,
                 function(a) c(equal("administration")(a), equal("ngo", -1)(a)))
  )
}

judge <- function(d, e) {
  t975 <- qt(0.975, e$df)
  list(points = d, se = e$se, df = e$df, p = 2 * pt(-abs(d / e$se), e$df), low = d - t975 * e$se, high = d + t975 * e$se,
       detectable = (t975 + qt(0.8, e$df)) * e$se)
}

# Holm over a family and the verdict of each; `more` and `less` are the words.
decide <- function(rows, more, less) {
  p <- sapply(rows, function(r) if (is.null(r[["p"]])) NA else r[["p"]])
  adjusted <- rep(NA_real_, length(p))
  adjusted[!is.na(p)] <- p.adjust(p[!is.na(p)], "holm")
  lapply(seq_along(rows), function(i) {
    r <- rows[[i]]
    r$adjustedP <- adjusted[i]
    r$verdict <- if (is.null(r[["p"]])) "unknown" else
      if (r$low >= -same - tolerance && r$high <= same + tolerance) "same" else
      if (adjusted[i] < 0.05) (if (r$points > 0) more else less) else "unknown"
    r
  })
}

# Cliff's delta of b against a.
delta <- function(a, b) {
  d <- outer(b, a, "-")
  mean((d > tolerance) - (d < -tolerance))
}

families <- list(areas = grep("^areas", names(places)), planes = grep("^planes", names(places)), index = length(places))
# `byPlace`: a list by place of lists by holder; Holm within holder and level.
byFamily <- function(byPlace, more, less) {
  for (family in families) for (holder in unique(unlist(lapply(byPlace[family], names)))) {
    at <- names(byPlace)[family]
    at <- at[sapply(at, function(p) !is.null(byPlace[[p]][[holder]]))]
    done <- decide(lapply(at, function(p) byPlace[[p]][[holder]]), more, less)
    for (i in seq_along(at)) byPlace[[at[i]]][[holder]] <- done[[i]]
  }
  byPlace
}

# ---- a set ------------------------------------------------------------------------------------------------------

roundOf <- function(set, round) {
  meta <- rounds[rounds$set == set & rounds$round == round, ]
  rows <- answers[answers$set == set & answers$round == round, ]
  list(data = scoresOf(rows, meta$form), k = as.numeric(meta$k), form = meta$form, meta = meta,
       out = strsplit(meta$outOfScope, "|", fixed = TRUE)[[1]],
       weights = as.numeric(c(meta$administration, meta$ngo)),
       merged = mergedEntries(rows$group, as.numeric(meta$k)), apart = FALSE)
}

changeOf <- function(r1, r2) {
  k <- r1$k
  merged <- unique(c(r1$merged, r2$merged))
  rs <- lapply(list(r1, r2), function(r) {
    r$groups <- groupsOf(r$meta, merged)
    # Is some merged group of the comparison shown apart in this round? Known by group below.
    r$apartOf <- setdiff(sapply(merged, paste, collapse = "+"), sapply(r$merged, paste, collapse = "+"))
    r
  })
  byPlace <- lapply(setNames(names(places), names(places)), function(place) {
    codes <- setdiff(places[[place]], c(r1$out, r2$out))
    if (length(codes) == 0) return(list())
    gs <- groupsAtEach(rs, place, codes, k)
    asked <- r1$data$asked
    hs <- holdersAt(gs, codes, place == "index", r1$weights)
    out <- list()
    for (h in c("survey", "administration", "ngo")) if (!is.null(hs[[h]])) {
      f <- hs[[h]]
      out[[h]] <- c(list(baseline = f$values[1], followUp = f$values[2]), judge(f$values[2] - f$values[1], errorOf(gs, f$c, place, correction(f$on, asked))))
    }
    for (g in gs) if (length(g$areas) > 0) {
      a <- g$rounds[[1]]
      b <- g$rounds[[2]]
      row <- list(baseline = a$mean, followUp = b$mean, points = b$mean - a$mean)
      if (a$own && b$own) {
        row <- c(row[1:2], judge(row$points, errorOf(gs, setNames(list(1), g$name), place, correction(g$areas, asked))), delta = delta(a$x, b$x))
      } else row$withheld <- if (!a$enough || !b$enough) "spread" else "noSpread"
      out[[g$name]] <- row
    }
    out
  })
  byFamily(byPlace, "rose", "fell")
}

# groupsAt with `apart` known by group.
groupsAtEach <- function(rs, place, codes, k) {
  all <- lapply(names(rs[[1]]$groups), function(g) {
    one <- lapply(rs, function(r) {
      r$apart <- g %in% r$apartOf
      r$groups <- r$groups[g]
      r
    })
    groupsAt(one, place, codes, k)[[1]]
  })
  setNames(all, names(rs[[1]]$groups))
}

cut <- function(x) min(5, max(1, x))

roundFigures <- function(r) {
  k <- r$k
  r$groups <- groupsOf(r$meta, r$merged)
  r$apartOf <- character(0)
  intervals <- list()
  gaps <- list()
  for (place in names(places)) {
    codes <- setdiff(places[[place]], r$out)
    gaps[[place]] <- list()
    if (length(codes) == 0) next
    gs <- groupsAtEach(list(r), place, codes, k)
    hs <- holdersAt(gs, codes, place == "index", r$weights)
    asked <- r$data$asked
    rows <- list()
    for (h in c("survey", "administration", "ngo")) if (!is.null(hs[[h]])) {
      e <- errorOf(gs, hs[[h]]$c, place, 1)
      m <- hs[[h]]$values[1]
      half <- if (e$se == 0) 0 else qt(0.975, e$df) * e$se
      rows[[h]] <- list(value = m, low = cut(m - half), high = cut(m + half))
    }
    for (g in gs) if (length(g$areas) > 0) {
      one <- g$rounds[[1]]
      everybody <- !is.na(one$size) && one$n == one$size
      row <- list(value = one$mean)
      if (one$enough && (one$s > 0 || everybody)) {
        half <- qt(0.975, one$n - 1) * one$s / sqrt(one$n) * sqrt(if (is.na(one$size)) 1 else 1 - one$n / one$size)
        row <- c(row, low = cut(one$mean - half), high = cut(one$mean + half))
      }
      rows[[g$name]] <- row
    }
    intervals[[place]] <- rows

    out <- list()
    if (!is.null(hs$gap)) out$sides <- judge(hs$gap$values[1], errorOf(gs, hs$gap$c, place, correction(hs$gap$on, asked)))
    there <- Filter(function(g) length(g$areas) > 0, gs)
    for (i in seq_along(there)) for (j in seq_along(there)) if (i < j) {
      a <- there[[i]]
      b <- there[[j]]
      x <- a$rounds[[1]]
      y <- b$rounds[[1]]
      row <- list(points = x$mean - y$mean)
      if (!x$enough || !y$enough) row$withheld <- "spread"
      else if (!x$own || !y$own) row$withheld <- "noSpread"
      else if (!setequal(a$areas, b$areas)) row$withheld <- "areas"
      else row <- c(judge(row$points, errorOf(gs, setNames(list(1, -1), c(a$name, b$name)), place,
                                            correction(a$areas, asked))), delta = delta(y$x, x$x))
      out[[paste(a$name, b$name)]] <- row
    }
    gaps[[place]] <- out
  }
  alphas <- lapply(setNames(areas, areas), function(area) {
    if (area %in% r$out) return(NULL)
    of <- r$data$asked$item[r$data$asked$area == area]
    shown <- Filter(function(g) atArea(r$data, g, area, k, FALSE)$shown, r$groups)
    mine <- r$data$group %in% unlist(lapply(shown, function(g) g$members))
    cells <- suppressWarnings(matrix(as.numeric(r$data$ratings[mine, of]), ncol = length(of)))
    cells <- cells[!apply(is.na(cells), 1, any), , drop = FALSE]
    if (length(of) < 2 || nrow(cells) < (if (k == 1) 2 else 2 * k)) return(NULL)
    total <- rowSums(cells)
    if (max(total) - min(total) == 0) return(NULL)
    m <- length(of)
    m / (m - 1) * (1 - sum(apply(cells, 2, var)) / var(total))
  })
  list(intervals = intervals, gaps = byFamily(gaps, "higher", "lower"), alphas = alphas)
}

# ---- JSON -------------------------------------------------------------------------------------------------------

json <- function(x) {
  if (is.null(x)) "null"
  else if (is.list(x)) paste0("{", paste0('"', names(x), '":', sapply(x, json), collapse = ","), "}")
  else if (is.character(x)) paste0('"', x, '"')
  else if (is.na(x) || is.infinite(x)) "null"
  else {
    zero <- if (abs(x) < 1e-12) 0 else x
    sprintf("%.11g", zero)
  }
}
asRow <- function(names) function(row) structure(paste0("[", paste(sapply(names, function(n) json(row[[n]])), collapse = ","), "]"), class = "raw-json")
judged <- c("se", "df", "p", "adjustedP", "low", "high", "detectable", "verdict", "delta", "withheld")
printed <- function(byPlace, names) {
  row <- asRow(names)
  places <- sapply(names(byPlace), function(place) {
    rows <- byPlace[[place]]
    paste0('"', place, '":{', paste0('"', base::names(rows), '":', sapply(rows, row), collapse = ","), "}")
  })
  paste0("{", paste(gsub('{"":}', "{}", places, fixed = TRUE), collapse = ","), "}")
}

lines <- sapply(unique(rounds$set), function(set) {
  r1 <- roundOf(set, 1)
  r2 <- roundOf(set, 2)
  figures <- roundFigures(r2)
  # Groups in every second set and their pairs in every fourth keep the file small.
  keep <- function(byPlace, every, these) {
    if (as.numeric(set) %% every == 0) byPlace else lapply(byPlace, function(rows) rows[names(rows) %in% these])
  }
  change <- keep(changeOf(r1, r2), 2, c("survey", "administration", "ngo"))
  intervals <- keep(figures$intervals, 2, c("survey", "administration", "ngo"))
  gaps <- keep(figures$gaps, 4, "sides")
  paste0('"', set, '":{"change":', printed(change, c("baseline", "followUp", judged)),
         ',"intervals":', printed(intervals, c("value", "low", "high")),
         ',"gaps":', printed(gaps, c("points", judged)),
         ',"alphas":', json(figures$alphas), "}")
})
writeLines(paste0("{", paste(lines, collapse = ",\n"), "}"), words[2])
