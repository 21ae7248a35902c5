variable "GIT" {
  default = ""
}

group "default" {
  targets = ["web", "api"]
}

target "web" {
  context = "${GIT}#main:web"
  network = "none"
}

target "api" {
  context = "${GIT}#main:api"
  network = "none"
}
