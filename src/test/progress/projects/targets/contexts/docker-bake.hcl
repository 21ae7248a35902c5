group "default" {
  targets = ["base", "web", "api"]
}

target "base" {
  dockerfile = "base.Dockerfile"
  network    = "none"
}

target "web" {
  dockerfile = "web.Dockerfile"
  contexts   = { base = "target:base" }
  network    = "none"
}

target "api" {
  dockerfile = "api.Dockerfile"
  contexts   = { base = "target:base" }
  network    = "none"
}
