/** One made-up application in several languages. `resource`: the files of one resource; `around`: what names them all. */

const snake = (name) => name.replace(/(?<=[a-z])(?=[A-Z\d])/g, "_").toLowerCase();

const typescript = {
  resource: (name) => ({
    [`src/controllers/${name}.ts`]: `import { Router } from "express";
import { ${name}Service } from "../services/${name}.ts";
import { may${name} } from "../policies/${name}.ts";
import { logger } from "../logger.ts";

export const router = Router();
const service = new ${name}Service();

router.get("/", async (req, res) => {
  res.json(await service.list(req.query));
});

router.get("/:id", async (req, res) => {
  const found = await service.find(req.params.id);
  if (found === null) return res.status(404).json({ error: "not found" });
  res.json(found);
});

router.post("/", async (req, res) => {
  if (!may${name}(req.user, "create")) return res.status(403).json({ error: "forbidden" });
  const made = await service.create(req.user, req.body);
  logger.info("${name} created", { id: made.id });
  res.status(201).json(made);
});

router.put("/:id/role", async (req, res) => {
  if (!may${name}(req.user, "update")) return res.status(403).json({ error: "forbidden" });
  await service.setRole(req.params.id, req.body.role);
  res.sendStatus(204);
});

router.delete("/:id", async (req, res) => {
  if (!may${name}(req.user, "delete")) return res.status(403).json({ error: "forbidden" });
  await service.remove(req.params.id);
  res.sendStatus(204);
});
`,
    [`src/services/${name}.ts`]: `import { ${name} } from "../models/${name}.ts";
import { clean${name} } from "../helpers/${name}.ts";

export class ${name}Service {
  async list(query: Record<string, unknown>) {
    return ${name}.findAll(clean${name}(query));
  }
  async find(id: string) {
    return ${name}.findByPk(id);
  }
  async create(owner: { id: string }, body: Record<string, unknown>) {
    return ${name}.create({ ...clean${name}(body), owner: owner.id });
  }
  async setRole(id: string, role: string) {
    const found = await ${name}.findByPk(id);
    if (found === null) throw new Error("not found");
    await found.update({ role });
  }
  async remove(id: string) {
    const found = await ${name}.findByPk(id);
    if (found === null) throw new Error("not found");
    await found.destroy();
  }
}
`,
    [`src/models/${name}.ts`]: `import { Model } from "sequelize";

export class ${name} extends Model {
  declare id: string;
  declare owner: string;
  declare role: string;
  isOwnedBy(user: { id: string }) {
    return this.owner === user.id;
  }
}
`,
    [`src/policies/${name}.ts`]: `export function may${name}(user: { admin: boolean; rights: string[] } | undefined, action: string): boolean {
  if (user === undefined) return false;
  if (user.admin) return true;
  return user.rights.includes(\`${name}:\${action}\`);
}
`,
    [`src/helpers/${name}.ts`]: `const ALLOWED = ["name", "title", "text", "role"];

export function clean${name}(given: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const key of ALLOWED) {
    if (given[key] !== undefined) kept[key] = given[key];
  }
  return kept;
}
`,
  }),
  around: (names) => ({
    "package.json": '{ "name": "shop", "dependencies": { "express": "*", "sequelize": "*", "pino": "*" } }',
    "src/logger.ts": 'import pino from "pino";\n\nexport const logger = pino();\n',
    "src/app.ts": [
      'import express from "express";',
      ...names.map((name) => `import { router as ${name}Router } from "./controllers/${name}.ts";`),
      "const app = express();",
      ...names.map((name) => `app.use("/${snake(name)}", ${name}Router);`),
      "",
    ].join("\n"),
  }),
};

const python = {
  resource: (name) => ({
    [`shop/views/${snake(name)}.py`]: `import logging

from django.http import JsonResponse
from django.views.decorators.http import require_http_methods

from shop.policies.${snake(name)} import may_${snake(name)}
from shop.services.${snake(name)} import ${name}Service

logger = logging.getLogger(__name__)
service = ${name}Service()


@require_http_methods(["GET"])
def index(request):
    return JsonResponse(service.list(request.GET))


@require_http_methods(["GET"])
def show(request, pk):
    found = service.find(pk)
    if found is None:
        return JsonResponse({"error": "not found"}, status=404)
    return JsonResponse(found)


@require_http_methods(["POST"])
def create(request):
    if not may_${snake(name)}(request.user, "create"):
        return JsonResponse({"error": "forbidden"}, status=403)
    made = service.create(request.user, request.POST)
    logger.info("${name} created", extra={"id": made.id})
    return JsonResponse({"id": made.id}, status=201)


@require_http_methods(["PUT"])
def set_role(request, pk):
    if not may_${snake(name)}(request.user, "update"):
        return JsonResponse({"error": "forbidden"}, status=403)
    service.set_role(pk, request.POST["role"])
    return JsonResponse({}, status=204)


@require_http_methods(["DELETE"])
def destroy(request, pk):
    if not may_${snake(name)}(request.user, "delete"):
        return JsonResponse({"error": "forbidden"}, status=403)
    service.remove(pk)
    return JsonResponse({}, status=204)
`,
    [`shop/services/${snake(name)}.py`]: `from shop.helpers.${snake(name)} import clean_${snake(name)}
from shop.models.${snake(name)} import ${name}


class ${name}Service:
    def list(self, query):
        return ${name}.objects.filter(**clean_${snake(name)}(query))

    def find(self, pk):
        return ${name}.objects.filter(pk=pk).first()

    def create(self, owner, body):
        return ${name}.objects.create(owner=owner.id, **clean_${snake(name)}(body))

    def set_role(self, pk, role):
        found = ${name}.objects.get(pk=pk)
        if found is None:
            raise ValueError("not found")
        found.role = role
        found.save()

    def remove(self, pk):
        found = ${name}.objects.get(pk=pk)
        if found is None:
            raise ValueError("not found")
        found.delete()
`,
    [`shop/models/${snake(name)}.py`]: `from django.db import models


class ${name}(models.Model):
    owner = models.TextField()
    role = models.TextField()

    def is_owned_by(self, user):
        return self.owner == user.id
`,
    [`shop/policies/${snake(name)}.py`]: `def may_${snake(name)}(user, action):
    if user is None:
        return False
    if user.is_superuser:
        return True
    return f"${snake(name)}:{action}" in user.rights
`,
    [`shop/helpers/${snake(name)}.py`]: `ALLOWED = ["name", "title", "text", "role"]


def clean_${snake(name)}(given):
    kept = {}
    for key in ALLOWED:
        if given.get(key) is not None:
            kept[key] = given[key]
    return kept
`,
  }),
  around: (names) => ({
    "requirements.txt": "django\n",
    "shop/urls.py": [
      "from django.urls import path",
      ...names.map((name) => `from shop.views import ${snake(name)}`),
      "urlpatterns = [",
      ...names.flatMap((name) => [
        `    path("${snake(name)}/", ${snake(name)}.index),`,
        `    path("${snake(name)}/new/", ${snake(name)}.create),`,
        `    path("${snake(name)}/<int:pk>/", ${snake(name)}.show),`,
        `    path("${snake(name)}/<int:pk>/role/", ${snake(name)}.set_role),`,
        `    path("${snake(name)}/<int:pk>/delete/", ${snake(name)}.destroy),`,
      ]),
      "]",
      "",
    ].join("\n"),
  }),
};

const ruby = {
  resource: (name) => ({
    [`app/controllers/${snake(name)}s_controller.rb`]: `class ${name}sController < ApplicationController
  def index
    render json: service.list(params)
  end

  def show
    found = service.find(params[:id])
    return render(json: { error: "not found" }, status: :not_found) if found.nil?

    render json: found
  end

  def create
    return render(json: { error: "forbidden" }, status: :forbidden) unless ${name}Policy.new(current_user).may?("create")

    made = service.create(current_user, params)
    Rails.logger.info("${name} created id=#{made.id}")
    render json: made, status: :created
  end

  def set_role
    return render(json: { error: "forbidden" }, status: :forbidden) unless ${name}Policy.new(current_user).may?("update")

    service.change_role(params[:id], params[:role])
    head :no_content
  end

  def destroy
    return render(json: { error: "forbidden" }, status: :forbidden) unless ${name}Policy.new(current_user).may?("delete")

    service.remove(params[:id])
    head :no_content
  end

  private

  def service
    ${name}Service.new
  end
end
`,
    [`app/services/${snake(name)}_service.rb`]: `class ${name}Service
  def list(query)
    ${name}.where(${name}Helper.clean(query))
  end

  def find(id)
    ${name}.find_by(id: id)
  end

  def create(owner, body)
    ${name}.create!(owner: owner.id, **${name}Helper.clean(body))
  end

  def change_role(id, role)
    found = ${name}.find_by(id: id)
    raise ArgumentError, "not found" if found.nil?

    found.update!(role: role)
  end

  def remove(id)
    found = ${name}.find_by(id: id)
    raise ArgumentError, "not found" if found.nil?

    found.destroy!
  end
end
`,
    [`app/models/${snake(name)}.rb`]: `class ${name} < ApplicationRecord
  validates :owner, presence: true

  def owned_by?(user)
    owner == user.id
  end
end
`,
    [`app/policies/${snake(name)}_policy.rb`]: `class ${name}Policy
  def initialize(user)
    @user = user
  end

  def may?(action)
    return false if @user.nil?
    return true if @user.admin?

    @user.rights.include?("${snake(name)}:#{action}")
  end
end
`,
    [`app/helpers/${snake(name)}_helper.rb`]: `module ${name}Helper
  ALLOWED = %w[name title text role].freeze

  def self.clean(given)
    kept = {}
    ALLOWED.each do |key|
      kept[key] = given[key] unless given[key].nil?
    end
    kept
  end
end
`,
  }),
  around: (names) => ({
    Gemfile: 'gem "rails"\n',
    "app/controllers/application_controller.rb": "class ApplicationController < ActionController::Base\nend\n",
    "config/routes.rb": [
      "Rails.application.routes.draw do",
      ...names.map(
        (name) =>
          `  resources :${snake(name)}s, only: %i[index show create destroy] do\n    put :role, on: :member, action: :set_role\n  end`,
      ),
      "end",
      "",
    ].join("\n"),
  }),
};

export const PROGRAMS = { TypeScript: typescript, Python: python, Ruby: ruby };
